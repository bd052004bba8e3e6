/**
 * From the facts that a server's hooks captured about a TLS handshake to the reason.
 *
 * <p>Types in reading order: {@link io.certrail.tls.HandshakeFacts} and {@link io.certrail.tls.Ending}, what an adapter
 * saw; {@link io.certrail.tls.HandshakeClassifier} and {@link io.certrail.tls.HandshakeVerdict}, what it means;
 * {@link io.certrail.tls.ClientHello}, {@code ReceivedBytes}, {@code TlsRecord} and {@code ForeignSpeech}, what the
 * client said on the wire; {@code NegotiationFault}, {@code EngineFault} and {@code EngineText}, what came of it;
 * {@code ChainDiagnosis}, {@code CertificationPath}, {@code Signatures} and {@code TrustFault}, what was wrong with a
 * certificate; {@link io.certrail.tls.CertificateReader}, {@code DistinguishedName}, {@code AlternativeNames} and
 * {@code Der}, what stands in one.
 *
 * <p>What the client did comes before what the engine said last; exception types and
 * {@link java.security.cert.CertPathValidatorException#getReason()} come before texts, and texts of the JDK stand in
 * one place, {@code EngineText}. A diagnosis is never a second opinion: nothing here changes a verdict.
 *
 * <p>Nothing here throws, whatever a client sent, and the work for one handshake is bounded. Everything is immutable
 * and may be used from any thread, but belongs off the handshake's critical path. May import: {@code event}.
 *
 * <p>Sources: RFC 8446 (TLS 1.3), 5246 (TLS 1.2), 8422 (elliptic curves), 7301 (ALPN), 6066 (SNI), 6101 (SSL 3.0,
 * appendix E: the hello of SSL 2.0), 8701 (GREASE), 5280 (certificates), 4514 (names as strings).
 */
@NullMarked
package io.certrail.tls;

import org.jspecify.annotations.NullMarked;
