package io.certrail.it;

import com.deque.html.axecore.results.Results;
import com.deque.html.axecore.selenium.AxeBuilder;
import io.certrail.dev.pki.Client;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A headless Chromium with a profile and a home of its own, in which one client certificate and the test's root are
 * installed. Needs Debian's {@code chromium}, {@code chromium-driver} and {@code libnss3-tools}.
 */
final class Browser implements AutoCloseable {
    private static final String CHROMIUM = System.getProperty("browser.binary", "/usr/bin/chromium");
    private static final String DRIVER = System.getProperty("browser.driver", "/usr/bin/chromedriver");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ChromeDriver driver;
    private final String origin;
    private final Path shots;

    private Browser(ChromeDriver driver, String origin, Path shots) {
        this.driver = driver;
        this.origin = origin;
        this.shots = shots;
    }

    /** Starts one that shows the server of the tests. */
    static Browser with(Client client, Site site) throws IOException {
        Path folder = Files.createTempDirectory(site.folder(), "browser-");
        Path home = Files.createDirectories(folder.resolve("home"));
        installCertificates(home, client, site);
        String origin = "https://localhost:" + site.port();
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(Path.of(DRIVER).toFile())
                .withEnvironment(Map.of("HOME", home.toString()))
                .withSilent(true)
                .build();
        ChromeDriver driver = new ChromeDriver(service, options(folder.resolve("profile"), origin));
        return new Browser(driver, origin, Files.createDirectories(site.folder().resolveSibling("screenshots")));
    }

    /** Chromium's certificates on Linux are those of the NSS database in the user's home. */
    private static void installCertificates(Path home, Client client, Site site) throws IOException {
        String database = "sql:" + Files.createDirectories(home.resolve(".pki/nssdb"));
        Path pki = site.certificates().folder();
        run("certutil", "-d", database, "-N", "--empty-password");
        run(
                "certutil",
                "-d",
                database,
                "-A",
                "-t",
                "C,,",
                "-n",
                "root",
                "-i",
                pki.resolve("root.pem").toString());
        String file = pki.resolve("clients/" + client.fileName() + ".p12").toString();
        run("pk12util", "-d", database, "-K", "", "-W", "changeit", "-i", file);
    }

    private static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String said = new String(process.getInputStream().readAllBytes());
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + ": " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static ChromeOptions options(Path profile, String origin) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--window-size=1280,900",
                "--user-data-dir=" + profile);
        // what a person does once, in the window that asks for a certificate
        options.setExperimentalOption(
                "prefs",
                Map.of(
                        "profile.content_settings.exceptions.auto_select_certificate",
                        Map.of(origin + ",*", Map.of("setting", Map.of("filters", List.of(Map.of()))))));
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        return options;
    }

    /** Goes to a place of the console, and waits until it is shown. */
    void go(String hash) {
        driver.get("about:blank"); // else a page that is there already would stay
        driver.get(origin + "/" + hash);
        until(() -> !find("main h1").isEmpty() && find("main[aria-busy]").isEmpty());
    }

    List<WebElement> find(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    WebElement link(String text) {
        return await(() -> driver.findElements(By.linkText(text)));
    }

    WebElement button(String text) {
        return await(() -> driver.findElements(By.xpath("//button[normalize-space()='" + text + "']")));
    }

    WebElement one(String selector) {
        return await(() -> find(selector));
    }

    private WebElement await(Supplier<List<WebElement>> search) {
        until(() -> !search.get().isEmpty());
        return search.get().get(0);
    }

    void until(Supplier<Boolean> condition) {
        new WebDriverWait(driver, PATIENCE)
                .withMessage(() -> "on the page: " + text())
                .until(any -> condition.get());
    }

    /** What a reader sees. */
    String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    String hash() {
        return (String) script("return location.hash");
    }

    Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** The width in CSS pixels; at half of it the page is as it is at 200 % zoom. */
    void size(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    void dark() {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
    }

    /** Errors of scripts, and what the Content Security Policy kept from running. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** What keeps somebody from reading or using the page, by the rules of WCAG 2.2 A and AA. */
    Results accessibility() {
        return new AxeBuilder()
                .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"))
                .analyze(driver);
    }

    /** To be looked at by people, in {@code target/it/screenshots}. */
    void shoot(String name) throws IOException {
        Files.write(shots.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
