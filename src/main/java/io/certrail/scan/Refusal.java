package io.certrail.scan;

import io.certrail.scan.probe.Sighting;
import io.certrail.scan.probe.Target;

/** Why a good client was not served, in words that help. */
final class Refusal {
    private Refusal() {}

    static String words(Target target, Sighting saw) {
        String trouble = saw.trouble();
        if (!saw.isConnected()) {
            return "no server answers at " + target.url() + " (" + trouble + "): is it running, and is the port right?";
        }
        if (trouble.contains("Unsupported or unrecognized SSL message")) {
            return target.url() + " does not speak TLS: name the port of the TLS listener";
        }
        if (trouble.contains("PKIX path")
                || trouble.contains("No subject alternative")
                || trouble.contains("No name matching")) {
            return "the server's certificate is not trusted (" + trouble
                    + "): name its root (--trust, certrail.self-check.trust), and the host as the certificate does";
        }
        if (saw.hasStatus()) {
            return "the good client is not served at " + target.url()
                    + target.paths().allowed() + ": status " + saw.status()
                    + "; name a resource that it may get with the URL's path, and a certificate that is accepted";
        }
        return "the good client is not served at " + target.url() + " (" + saw.words() + "; " + trouble
                + "): does the server accept this certificate?";
    }
}
