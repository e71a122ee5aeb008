package io.numa.avatar.server.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.journal.SqliteJournal;
import io.numa.avatar.operation.AvatarStatus;
import io.numa.avatar.operation.Controls;
import io.numa.avatar.operation.OperationEvents;
import io.numa.avatar.operation.StoredOverview;
import io.numa.avatar.operation.TaskStories;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.Secret;
import io.numa.avatar.port.journal.TaskDescription;
import io.numa.avatar.run.guard.DiskFloor;
import io.numa.avatar.run.history.TaskFiles;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.server.LocalServer;
import io.numa.avatar.server.ServedAvatar;
import io.numa.avatar.server.ServerSettings;
import io.numa.avatar.task.TaskId;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.Mockito;

/** A long history and a long log in a real browser. */
class LargePagesIT {
  private static final int TASKS = 10_000;

  /** {@code mvn -Psoak verify} writes 200 MB. */
  private static final int LOG_LINES = Boolean.getBoolean("soak") ? 2_200_000 : 50_000;

  private static final String LINE = "| %09d %s\n";
  private static final String FILLING = "\u001b[32mcompiled\u001b[0m 页 " + "x".repeat(60);
  private static final List<Integer> NEEDLES = List.of(3, LOG_LINES / 2, LOG_LINES - 2);

  @TempDir(cleanup = CleanupMode.NEVER)
  Path folder;

  private Browser browser;
  private TaskFiles files;
  private SqliteJournal journal;
  private LocalServer server;

  @BeforeEach
  void start() throws Exception {
    Optional<Path> chromium = Browser.program();
    Assumptions.assumeTrue(chromium.isPresent(), "/usr/bin/chromium is missing");
    journal = SqliteJournal.open(folder.resolve("state"));
    files = new TaskFiles(folder.resolve("logs"), folder.resolve("work"));
    var overview =
        new StoredOverview(
            new AvatarStatus.Identity(
                "build-07", "tasks", "0.1.0", Optional.empty(), "egress", List.of()),
            1,
            new TaskStories(journal, files, Redactor.of(List.of())),
            DiskFloor.NONE);
    server =
        LocalServer.start(
            new ServerSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new Secret(SampleServer.TOKEN),
                Set.of()),
            new ServedAvatar(
                overview, Mockito.mock(Controls.class), new OperationEvents(), () -> ""),
            Clock.systemUTC());
    browser = Browser.start(chromium.get(), folder.resolve("profile"));
    browser.go(server.loginLink());
  }

  @AfterEach
  void stop() {
    if (browser != null) {
      browser.close();
      server.close();
      journal.close();
    }
  }

  @Test
  void showsTenThousandEndedTasksInPages() throws Exception {
    try (var database =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("state/journal.db"));
        var statement =
            database.prepareStatement(
                """
                WITH RECURSIVE many(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < ?)
                INSERT INTO task (id, began, title, branch, outcome, ended, result, description)
                SELECT 'task-' || n, n * 1000, 'login ' || n, 'dev-' || n,
                  CASE n % 3 WHEN 0 THEN 'failed' ELSE 'done' END, n * 1000 + 500, NULL, NULL
                FROM many""")) {
      statement.setInt(1, TASKS);
      statement.executeUpdate();
    }

    browser.go(address("/tasks"));
    tell("the first of 200 pages of 10,000 tasks");
    rowsAre(TASKS, 50);
    browser.eval("document.querySelector('a[rel=next]').click()");
    browser.await("location.search.includes('after') && document.readyState === 'complete'");
    tell("the second one");
    rowsAre(TASKS - 50, 50);
    browser.go(address("/tasks?after=t100000:task-100"));
    tell("the 199th one");
    rowsAre(99, 50);
    browser.eval("document.getElementById('search').focus()");
    browser.type("LOGIN 777");
    browser.press("Enter", 13);
    browser.await("location.search.includes('777') && document.readyState === 'complete'");
    tell("the search for one of them");
    rowsAre(7779, 11);
  }

  private void rowsAre(int first, int count) throws Exception {
    assertThat(browser.eval("document.querySelectorAll('tbody tr').length"))
        .isEqualTo(Integer.toString(count));
    assertThat(browser.eval("document.querySelector('tbody a').textContent"))
        .isEqualTo("login " + first);
    assertThat(size()).isLessThan(100_000);
  }

  @Test
  void showsAndSearchesALongLog() throws Exception {
    Path log = writeLog();
    resetPeak();
    browser.go(address("/tasks/7"));
    tell("the end of a log of " + Files.size(log) / 1_000_000 + " MB");
    assertThat(lines()).endsWith(line(LOG_LINES - 1));
    assertThat(size()).isLessThan(1_000_000);

    click("Beginning");
    tell("its beginning");
    assertThat(lines()).startsWith(line(0));
    click("Later part");
    assertThat(lines()).contains(line(3_000));

    browser.eval("document.getElementById('find').focus()");
    browser.type("nEEdle 页");
    browser.press("Enter", 13);
    browser.await("document.querySelector('#log a[href*=\"#at\"]')");
    tell("the search in it");
    for (int i = 0; i < NEEDLES.size(); i++) {
      String hit = "document.querySelectorAll('.log pre a')[" + i + "]";
      assertThat(browser.eval(hit + ".textContent")).isEqualTo(line(NEEDLES.get(i)));
    }
    assertThat(browser.eval("document.querySelectorAll('.log pre a').length")).isEqualTo("3");
    browser.eval("document.querySelectorAll('.log pre a')[1].click()");
    browser.await("document.querySelector('#at + span')");
    tell("the place of a hit");
    assertThat(browser.eval("document.querySelector('#at + span').textContent"))
        .isEqualTo(line(NEEDLES.get(1)));
    assertThat(
            browser.eval(
                "(() => { const hit = document.querySelector('#at + span').getBoundingClientRect(),"
                    + " log = document.querySelector('.log pre').getBoundingClientRect();"
                    + " return hit.top >= log.top && hit.bottom <= log.bottom; })()"))
        .isEqualTo("true");
    System.err.println("peak of the heap while the log was shown: " + peak() / 1_000_000 + " MB");
  }

  private Path writeLog() throws Exception {
    var attempt = Attempt.of(new TaskId("7"));
    journal.begin(attempt, 1);
    journal.claimed(
        attempt,
        Optional.of(new TaskDescription("Print much", "dev-7", "shop", "Print.", Optional.empty())),
        Instant.EPOCH);
    Path log = files.log(attempt.task(), attempt.id());
    Files.createDirectories(log.getParent());
    try (var out = Files.newBufferedWriter(log, UTF_8)) {
      for (int i = 0; i < LOG_LINES; i++) {
        out.write(
            LINE.formatted(i, NEEDLES.contains(i) ? "a \u001b[1mNee\u001b[0mdle 页" : FILLING));
      }
    }
    return log;
  }

  private static String line(int number) {
    String text = NEEDLES.contains(number) ? "a Needle 页" : FILLING;
    return LINE.formatted(number, text.replaceAll("\u001b\\[[0-9]*m", ""));
  }

  private void click(String link) throws Exception {
    browser.eval("window.leaving = true");
    browser.eval(
        "[...document.querySelectorAll('.log .tools a')].find((a) => a.textContent === '"
            + link
            + "').click()");
    browser.await("!window.leaving && document.readyState === 'complete'");
  }

  private String lines() throws Exception {
    return browser.eval("document.querySelector('.log pre').textContent");
  }

  private int size() throws Exception {
    return Integer.parseInt(
        browser.eval("performance.getEntriesByType('navigation')[0].decodedBodySize"));
  }

  /** Says how large the page is and when it was seen; no test depends on the time. */
  private void tell(String what) throws Exception {
    browser.await("performance.getEntriesByName('first-contentful-paint').length > 0");
    String paint =
        browser.eval(
            "Math.round(performance.getEntriesByName('first-contentful-paint')[0].startTime)");
    String came =
        browser.eval("Math.round(performance.getEntriesByType('navigation')[0].responseEnd)");
    System.err.printf("%s: %d B, there after %s ms, seen after %s ms%n", what, size(), came, paint);
  }

  private static void resetPeak() {
    ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
  }

  private static long peak() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .mapToLong(pool -> pool.getPeakUsage().getUsed())
        .sum();
  }

  private String address(String path) {
    return "http://127.0.0.1:" + server.address().getPort() + path;
  }
}
