package io.certrail.trail;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The name that a log gets whose operator gave it none: where it was made, and what no other has. */
final class Origin {
    private static final int RANDOM_BYTES = 4;

    private Origin() {}

    static String make() {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        return host() + "/certrail/" + HexFormat.of().formatHex(random);
    }

    private static String host() {
        try {
            String name = InetAddress.getLocalHost().getHostName();
            return CheckpointOptions.isOrigin(name) && name.length() <= 128 ? name : "localhost";
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
