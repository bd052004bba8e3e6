package io.certrail.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.event.CertificateFacts;
import io.certrail.event.Text;
import java.math.BigInteger;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateReaderTest {
    private static final TestPki.Identity ROOT = TestPki.root("CN=Root");

    private static CertificateFacts read(TestPki.Builder builder) {
        return CertificateReader.read(TestPki.chain(builder.build(), ROOT), true);
    }

    @Test
    void factsAreThoseOfTheCertificate() {
        CertificateFacts facts =
                read(ROOT.issue("CN=a\\, b,OU=clients,O=X").client().serial(new BigInteger("0ABCDEF", 16)));
        assertThat(facts.subject()).isEqualTo("CN=a\\, b,OU=clients,O=X");
        assertThat(facts.issuer()).isEqualTo("CN=Root");
        assertThat(facts.serialNumber()).isEqualTo("abcdef");
        assertThat(facts.sha256()).matches("[0-9a-f]{64}");
        assertThat(facts.publicKey()).isEqualTo("EC secp256r1");
        assertThat(facts.chainSha256()).hasSize(1);
        assertThat(facts.verified()).isTrue();
        assertThat(read(ROOT.issue("CN=a").rsa(2048)).publicKey()).isEqualTo("RSA 2048");
    }

    @ParameterizedTest
    @CsvSource({"'', 128, false", "-, 128, false", "'', 129, true", "-, 129, true", "'', 30000, true"})
    void serialNumbersAreBoundedAsAllIs(String sign, int digits, boolean cut) {
        String hex = sign + "7" + "b".repeat(digits - 1);
        String told = read(ROOT.issue("CN=a").serial(new BigInteger(hex, 16))).serialNumber();
        assertThat(told).isEqualTo(cut ? hex.substring(0, 128) + "…" : Text.bounded(hex, 128));
    }

    @Test
    void typesAndValuesAreReadable() {
        X500NameBuilder name = new X500NameBuilder();
        name.addRDN(BCStyle.EmailAddress, "a@b.example");
        name.addRDN(BCStyle.UID, new DERBMPString("ümlaut"));
        name.addRDN(new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.7"), new DERUTF8String("own"));
        name.addRDN(BCStyle.SERIALNUMBER, "42");
        name.addRDN(BCStyle.CN, new DEROctetString(new byte[] {1, 2}));
        assertThat(read(new TestPki.Builder(name.build(), ROOT)).subject())
                .isEqualTo("CN=#0102,serialNumber=42,1.3.6.1.4.1.99999.7=own,UID=ümlaut,emailAddress=a@b.example");
    }

    @Test
    void hostileNamesStayNames() {
        X500NameBuilder name = new X500NameBuilder();
        name.addRDN(BCStyle.O, new DERUTF8String("A".repeat(20_000)));
        name.addRDN(BCStyle.CN, new DERUTF8String("evil\r\n\",\0\u001b[31m\u202e"));
        CertificateFacts facts = read(new TestPki.Builder(name.build(), ROOT));
        assertThat(facts.subject())
                .startsWith("CN=evil\r\n\\\"\\,\\00\u001b[31m\u202e,O=AAA")
                .hasSizeLessThanOrEqualTo(1025);
        assertThat(read(ROOT.issue("")
                                .extension(
                                        Extension.subjectAlternativeName,
                                        true,
                                        new GeneralNames(new GeneralName(GeneralName.dNSName, "x.example"))))
                        .subject())
                .isEmpty();
    }

    @Test
    void alternativeNamesOfEveryKindAreRead() {
        CertificateFacts facts = read(ROOT.issue("CN=a")
                .names(
                        new GeneralName(GeneralName.uniformResourceIdentifier, "spiffe://x.example/ns"),
                        new GeneralName(GeneralName.dNSName, "x.example"),
                        new GeneralName(GeneralName.rfc822Name, "a@x.example"),
                        new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
                        new GeneralName(GeneralName.directoryName, "CN=dir"),
                        new GeneralName(GeneralName.registeredID, "1.2.3")));
        assertThat(facts.subjectAlternativeNames())
                .containsExactly(
                        "URI:spiffe://x.example/ns",
                        "DNS:x.example",
                        "EMAIL:a@x.example",
                        "IP:127.0.0.1",
                        "DIR:CN=dir",
                        "RID:1.2.3");
    }

    @Test
    void manyNamesAreCounted() {
        GeneralName[] names = IntStream.range(0, 200)
                .mapToObj(i -> new GeneralName(GeneralName.dNSName, "host-" + i + ".example"))
                .toArray(GeneralName[]::new);
        CertificateFacts facts = read(ROOT.issue("CN=a").names(names));
        assertThat(facts.subjectAlternativeNames()).hasSize(CertificateFacts.MAX_NAMES);
        assertThat(facts.subjectAlternativeNamesCount()).isEqualTo(200);
    }

    @Test
    void anExtensionThatCannotBeReadLeavesTheOtherFacts() {
        CertificateFacts facts = read(ROOT.issue("CN=a")
                .extension(Extension.subjectAlternativeName, false, new DEROctetString(new byte[] {0x30, 0x7F, 1})));
        assertThat(facts.subject()).isEqualTo("CN=a");
        assertThat(facts.sha256()).hasSize(64);
    }
}
