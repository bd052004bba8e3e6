package io.certrail.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.dev.ServerOptions;
import io.certrail.dev.WildFly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        /**
         * With worker threads that end when they had nothing to do for a second. One has the first task that it did on its
         * stack for life, so that request, and so its application; and RESTEasy leaves an application that is taken away
         * while a request is in work in a variable of the thread (both seen in heap dumps). As a rule two of them live
         * forever and the others for an idle minute.
         */
        @Override
        public ServerOptions prepared(ServerOptions options) {
            var wildFly = (WildFly) options.product();
            String worker = "/subsystem=io/worker=default:write-attribute(name=%s, value=%d)";
            return options.product(wildFly.with(
                    List.of(worker.formatted("task-core-threads", 0), worker.formatted("task-keepalive", 1000))));
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

        @Override
        public int kept() {
            return 0;
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
