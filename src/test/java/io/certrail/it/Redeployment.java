package io.certrail.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.dev.ServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** How {@code certrail.war} is taken from a running server and put back, without a port for administrators. */
sealed interface Redeployment {
    /** What a server must be started with. */
    ServerOptions prepared(ServerOptions options);

    /** Returns when it is gone. */
    void takeAway() throws Exception;

    /** Returns when it is there again. */
    void putBack() throws Exception;

    /** How many deployments that are gone the server itself may keep loaded, whatever they are. */
    int kept();

    /**
     * Payara: by an application that asks the server it runs on.
     *
     * @param administrator of the server
     * @param kept 0, but for Payara Server 1: its monitoring keeps a picture of all threads, which it takes as it starts,
     *     and with each frame the frame's class (seen in a heap dump: {@code JVMThreadInfoStatsProvider})
     */
    record ByApplication(Administrator administrator, int kept) implements Redeployment {
        @Override
        public ServerOptions prepared(ServerOptions options) {
            return administrator.prepared(options);
        }

        @Override
        public void takeAway() throws IOException {
            administrator.command("undeploy", "certrail");
        }

        @Override
        public void putBack() throws IOException {
            String war = Site.built("certrail.war").toString();
            administrator.command("deploy", "--name", "certrail", "--contextroot", "/", war);
        }
    }

    /**
     * WildFly: by the marker files of its deployment scanner, which looks every five seconds.
     *
     * @param deployments the scanner's folder
     */
    record ByMarkerFile(Path deployments) implements Redeployment {
        @Override
        public ServerOptions prepared(ServerOptions options) {
            return options;
        }

        @Override
        public void takeAway() throws Exception {
            Files.delete(marker("deployed"));
            await("undeployed");
        }

        @Override
        public void putBack() throws Exception {
            Files.createFile(marker("dodeploy"));
            await("deployed");
        }

        /**
         * A worker thread of WildFly's has the first task that it did on its stack for life, so that request, and so its
         * application: it was seen with one that has nothing of Certrail's. Two (the {@code task-core-threads} of its
         * worker) never end, the others when they had nothing to do for a minute.
         */
        @Override
        public int kept() {
            return 2;
        }

        private Path marker(String state) {
            return deployments.resolve("certrail.war." + state);
        }

        private void await(String state) throws InterruptedException {
            long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
            while (!Files.exists(marker(state))) {
                assertThat(System.nanoTime()).as("%s", marker(state)).isLessThan(end);
                Thread.sleep(50);
            }
        }
    }
}
