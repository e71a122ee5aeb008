package io.numa.avatar.server.page;

import io.numa.avatar.operation.OperationEvent;
import io.numa.avatar.port.Secret;
import io.numa.avatar.port.journal.OutcomeWord;
import io.numa.avatar.server.LocalServer;
import io.numa.avatar.server.ServedAvatar;
import io.numa.avatar.server.ServerSettings;
import io.numa.avatar.server.page.SampleTasks.Wording;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.ChangeRequestReport;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.WorkSummary;
import io.numa.avatar.task.agent.ChangeReport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A server of an avatar with some tasks, without an avatar. As a program it serves them until it is
 * ended, to look at the pages and to make the pictures of the documentation.
 */
final class SampleServer implements AutoCloseable {
  static final String TOKEN = "sample-token";
  static final TaskId RUNNING = new TaskId("1042");

  final SampleAvatar avatar;
  final LocalServer server;
  private final SampleTasks tasks;

  SampleServer(int port) throws IOException {
    Instant now = Clock.systemUTC().instant();
    avatar = new SampleAvatar(now);
    tasks = new SampleTasks(now);
    addTasks();
    server =
        LocalServer.start(
            new ServerSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                new Secret(TOKEN),
                Set.of()),
            new ServedAvatar(avatar, avatar, avatar.events, () -> ""),
            Clock.systemUTC());
  }

  private void addTasks() {
    avatar.add(
        tasks.running(
            Wording.of("1042", "Let people log in with a passkey", "feature/passkeys"),
            Stage.DEVELOP,
            192,
            "edit src/main/java/shop/login/PasskeyController.java"));
    print(BEGINNING);
    avatar.changes.put(RUNNING, DIFF);
    avatar.add(
        tasks.running(
            Wording.of("1043", "Correct the rounding of invoices in yen", "dev-1043"),
            Stage.TEST,
            41,
            "ok   billing/invoice 1.203s"));
    ended("1041", "Show the price with tax in the cart", OutcomeWord.DONE, 240, done());
    ended("1040", "Move the mail templates to the new module", OutcomeWord.FAILED, 720, failed());
    avatar.logs.put(SampleTasks.attempt("1040"), LOG);
    avatar.changes.put(new TaskId("1040"), DIFF);
    ended("1039", "更新依赖并修复弃用警告", OutcomeWord.UNAVAILABLE, 3_600, WorkSummary.NOTHING_YET);
    ended("1038", "Try the new search index", OutcomeWord.CANCELLED, 7_200, failed());
    ended("1037", "Speak of “orders” everywhere", OutcomeWord.DONE, 9_000, done());
  }

  private void ended(String id, String title, OutcomeWord outcome, long ago, WorkSummary work) {
    avatar.add(tasks.ended(Wording.of(id, title, "dev-" + id), outcome, ago, work));
  }

  private static WorkSummary done() {
    return WorkSummary.NOTHING_YET
        .withBase(new BranchName("dev-1041"), new CommitId("8".repeat(40)))
        .withCommit(new CommitId("3f".repeat(20)))
        .withTests(SampleTasks.tests(214, 0))
        .withChangeRequest(ChangeRequestReport.at("https://git.example.com/shop/web/-/merge/7"))
        .withAgent(SampleTasks.agent(9, "0.31", Optional.of("The price has the tax now.")));
  }

  private static WorkSummary failed() {
    return WorkSummary.NOTHING_YET
        .withBase(new BranchName("dev-1040"), new CommitId("8".repeat(40)))
        .withTests(SampleTasks.tests(418, 3))
        .withChanges(new ChangeReport(2, 31, 12, 1, 0, false))
        .withAgent(SampleTasks.agent(31, "0.87", Optional.of("Three tests still fail.")));
  }

  /** The running task prints a text. */
  void print(String text) {
    avatar.logs.merge(SampleTasks.attempt(RUNNING.value()), text, String::concat);
    avatar.events.publish(new OperationEvent.Printed(RUNNING));
  }

  /** The running task ends. */
  void end() {
    ended(RUNNING.value(), "Let people log in with a passkey", OutcomeWord.DONE, 0, done());
    avatar.events.publish(
        new OperationEvent.Ended(RUNNING, OutcomeWord.DONE, Clock.systemUTC().instant()));
  }

  @Override
  public void close() {
    server.close();
  }

  /**
   * Serves until it is ended.
   *
   * @param arguments the port
   */
  public static void main(String[] arguments) throws Exception {
    try (var sample = new SampleServer(Integer.parseInt(arguments[0]))) {
      System.out.println(sample.server.loginLink());
      Thread.currentThread().join();
    }
  }

  private static final String BEGINNING =
      """
      2026-03-01T12:00:01.201Z [clone] cloning https://git.example.com/shop/web.git
      2026-03-01T12:00:15.733Z [setup] npm ci
      | added \u001b[32m212 packages\u001b[0m in 4s
      2026-03-01T12:01:05.310Z [develop] qwen works
      """;

  private static final String LOG =
      """
      2026-03-01T14:02:11.201Z [clone] cloning https://git.example.com/shop/mail.git
      2026-03-01T14:02:25.733Z [setup] npm ci
      | added \u001b[32m212 packages\u001b[0m in 4s
      2026-03-01T14:03:13.310Z [develop] qwen works
      | \u001b[2mread\u001b[0m mail/src/main/java/mail/Templates.java
      | \u001b[36medit\u001b[0m mail/src/main/java/mail/Templates.java
      2026-03-01T14:06:58.020Z [test] mvn -q verify
      | \u001b[1;31m[ERROR]\u001b[0m MailTemplateTest.rendersGreeting:41 expected: "Dear Ann"
      | \u001b[1;31m[ERROR]\u001b[0m MailTemplateTest.rendersFooter:57 footer.html not found
      | \u001b[33mTests run: 418\u001b[0m, Failures: 3, Skipped: 2
      2026-03-01T14:09:01.456Z [test] 3 new tests fail
      """;

  private static final String DIFF =
      """
      diff --git a/mail/src/main/java/mail/Templates.java b/mail/src/main/java/mail/Templates.java
      index 3f1c2aa..91be0d4 100644
      --- a/mail/src/main/java/mail/Templates.java
      +++ b/mail/src/main/java/mail/Templates.java
      @@ -12,5 +12,6 @@ final class Templates {
         private final Path folder;
       \s
      -  Templates(Path folder) {
      -    this.folder = folder;
      +  Templates(Module module) {
      +    this.module = module;
      +    this.folder = module.resources();
         }
      """;
}
