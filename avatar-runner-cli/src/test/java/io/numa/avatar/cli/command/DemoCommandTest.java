package io.numa.avatar.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DemoCommandTest {
  private static final Pattern FOLDER = Pattern.compile("All files of the demo are in (.+)\\R");

  @Test
  void showsRedAndChangeAndGreenAndCommitEachTimeItRuns() throws Exception {
    // Variables of another avatar must have no effect.
    Shell shell = new Shell().variable("AVATAR_AVATAR__ID", "another");

    for (int run = 1; run <= 2; run++) {
      Shell.Result result = shell.run("demo");

      assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
      assertThat(result.out())
          .containsSubsequence(
              "Its page, while the demo runs; with --stay, until Ctrl-C: http://127.0.0.1:",
              "/login?code=",
              "Red: ",
              "FAILED severalOfOneArticleCostMore: expected 700 but was 350",
              "Change",
              "+  total=$((total + cents * count))",
              "Green: ",
              "ok     severalOfOneArticleCostMore",
              "'sh test.sh' succeeded: 3 tests",
              "Commit: the Git server has it on branch dev-1-",
              "Author: Demo Avatar <demo@example.com>",
              "fix: count every piece of an article",
              "The backend received: in_progress, done",
              "Try next")
          .doesNotContain("Numa-Avatar")
          .doesNotContain("INFO");
      assertThatBothCommandsWork(result);
      delete(result);
    }
  }

  /** Without Qwen Code on the path, the built-in agent works. */
  @Test
  void showsAnAgentThatMendsItsWorkAfterAFailingTest() throws Exception {
    Shell.Result result = new Shell().variable("PATH", "/usr/bin:/bin").run("demo", "--agent");

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    assertThat(result.out())
        .containsSubsequence(
            "The task is in words, for a coding agent:",
            "Agent: built-in works",
            "built-in -> sh test.sh",
            "FAILED severalOfOneArticleCostMore: expected 700 but was 350",
            "Change",
            "+  total=$((total + cents + count))",
            "Test: ",
            "FAILED articlesAddUp: expected 350 but was 352",
            "Repair: ",
            "+  total=$((total + cents * count))",
            "Test: ",
            "ok     severalOfOneArticleCostMore",
            "'sh test.sh' succeeded: 3 tests",
            "built-in 1.2.3 (scripted-model): 2 turns, 5 tools, ",
            " tokens in ",
            "cost 0.00",
            "1 repair",
            "Commit: the Git server has it on branch dev-1-",
            "The backend received: in_progress, done")
        .doesNotContain("INFO");
    delete(result);
  }

  /** The page is opened while the demo works, so that the demo stays. */
  @Test
  void coloursThePartsOnTerminalsAndStaysWhileItsPageIsLookedAt() throws Exception {
    Shell.Running demo = new Shell().interactive().start("demo");
    URI link = URI.create(demo.await(Pattern.compile("Its page, .+: (http.+)")));
    String cookie = get(link, "").headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    assertThat(get(link.resolve("/"), cookie).body()).contains("demo", "Numa Avatar");
    demo.await(Pattern.compile("(The page stays until Ctrl-C: http)"));
    assertThat(get(link.resolve("/tasks/1"), cookie).body())
        .contains("Count every piece of an article", "ok     severalOfOneArticleCostMore");
    Shell.Result result = demo.interrupt();

    assertThat(result.out())
        .contains("\u001b[1mChange\u001b[0m")
        .contains("\u001b[31mFAILED severalOf")
        .contains("\u001b[32mok     severalOf")
        .contains("\u001b[32m'sh test.sh' succeeded: 3 tests\u001b[0m");
    delete(result);
  }

  private static HttpResponse<String> get(URI address, String cookie) throws Exception {
    var request = HttpRequest.newBuilder(address).header("Cookie", cookie).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** The last two lines are commands to try. */
  private static void assertThatBothCommandsWork(Shell.Result result) throws Exception {
    List<String> lines = result.lines();
    String[] git = lines.get(lines.size() - 2).split(" ");
    Process shown = new ProcessBuilder(git).redirectErrorStream(true).start();
    assertThat(new String(shown.getInputStream().readAllBytes(), UTF_8))
        .contains("Numa-Avatar: demo", "cents * count");

    String[] avatar = lines.get(lines.size() - 1).split(" ");
    assertThat(avatar[0]).isEqualTo("./avatar");
    Shell.Result tried = new Shell().run(List.of(avatar).subList(1, avatar.length).toArray());
    assertThat(tried.exitCode()).as(tried.out() + tried.err()).isZero();
    assertThat(tried.out()).contains("cents * count").contains("dry run: ");
  }

  private static void delete(Shell.Result result) throws IOException {
    Matcher folder = FOLDER.matcher(result.out());
    assertThat(folder.find()).isTrue();
    List<Path> all;
    try (Stream<Path> files = Files.walk(Path.of(folder.group(1)))) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.delete(file);
    }
  }
}
