package io.certrail.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certrail.scan.ScanOptions.Pace;
import io.certrail.scan.log.LogFile;
import io.certrail.scan.probe.Target;
import io.certrail.scan.probe.Trust;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanProfileTest {
    @Test
    void profileThatIsNoneIsToldBeforeAnythingIsConnectedTo(@TempDir Path folder) throws Exception {
        Path broken = Files.writeString(folder.resolve("own.profile"), "[profile]\nname = own\n");
        List<Object> asked = new ArrayList<>();
        for (String profile : List.of("iis", broken.toString())) {
            var options = new ScanOptions(
                    new Target("localhost", 1, Target.Paths.ROOT),
                    Trust.in(List.of()),
                    (kind, nonce) -> {
                        asked.add(kind);
                        return Optional.empty();
                    },
                    profile,
                    Pace.SLOW);
            var scan = new Scan(options, List.of(new LogFile(folder.resolve("no"))), Clock.systemUTC(), "test");

            assertThatThrownBy(() -> scan.run(List.of(), Progress.NONE))
                    .isInstanceOf(ScanException.class)
                    .hasMessageMatching("(no profile iis|.*own.profile: no section)[\\s\\S]*");
        }
        assertThat(asked).isEmpty();
    }
}
