package io.numa.avatar.run.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.Secret;
import io.numa.avatar.port.agent.AgentTool;
import io.numa.avatar.port.agent.AgentTool.State;
import io.numa.avatar.port.journal.AgentSpending;
import io.numa.avatar.port.journal.SpendingJournal;
import io.numa.avatar.run.log.RunLog;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.agent.AgentReport;
import io.numa.avatar.time.TimeSource;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentLogTest {
  private static final Path TREE = Path.of("/work/tree");

  @TempDir Path folder;
  private final StringBuilder written = new StringBuilder();
  private RunLog file;
  private AgentLog log;

  @BeforeEach
  void openLog() {
    file =
        RunLog.open(
            folder.resolve("log"),
            0,
            1 << 20,
            Redactor.of(List.of(new Secret("s3cret-key"))),
            Clock.systemUTC(),
            written::append);
    var watch =
        new TurnWatch(
            new TaskId("1"), new NoJournal(), TimeSource.SYSTEM, new NoneTold(), Optional::empty);
    log = new AgentLog("qwen", TREE, Stage.DEVELOP, file, watch);
  }

  @AfterEach
  void closeLog() {
    file.close();
  }

  @Test
  void writesTheResultRightBelowItsTool() {
    log.tool(tool("1", "sh test.sh", State.RUNNING, ""));
    log.tool(tool("1", "sh test.sh", State.COMPLETED, "ok a\nok b"));

    assertThat(lines()).containsExactly("qwen -> sh test.sh", "    ok a", "    ok b");
  }

  @Test
  void leavesOutWhatMovesTheCursorAndWhatIsNotSeen() {
    log.said("\u001b[31mred\u001b[0m \u202etxet 10%\r20%\n\u001b]0;title\u0007s3c\u200bret-key\n");
    log.tool(tool("1", "\u001b[2Jmake", State.RUNNING, ""));
    log.tool(tool("1", "\u001b[2Jmake", State.COMPLETED, "grüße\tok\u0007"));

    assertThat(lines())
        .containsExactly(
            "qwen: red txet 10%", "qwen: 20%", "qwen: ***", "qwen -> make", "    grüße\tok");
  }

  @Test
  void namesAToolAgainIfItFailedOrSomethingElseCameBetween() {
    log.tool(tool("1", "make", State.RUNNING, ""));
    log.tool(tool("1", "make", State.FAILED, "no rule"));
    log.tool(tool("2", "ls", State.RUNNING, ""));
    log.said("Wait.\n");
    log.tool(tool("2", "ls", State.COMPLETED, "a.txt"));

    assertThat(lines())
        .containsExactly(
            "qwen -> make",
            "qwen -> make: failed",
            "    no rule",
            "qwen -> ls",
            "qwen: Wait.",
            "qwen -> ls: done",
            "    a.txt");
  }

  @Test
  void namesFilesByTheirPathsInTheTree() {
    log.tool(
        new AgentTool(
            "1",
            "ReadFile: total.sh",
            "read",
            List.of(TREE + "/total.sh", TREE + "/src/other.sh", "/etc/passwd"),
            State.RUNNING,
            Optional.empty()));

    assertThat(lines()).containsExactly("qwen -> ReadFile: total.sh (src/other.sh, /etc/passwd)");
  }

  @Test
  void redactsWhatAnAgentSaysInPieces() {
    log.said("The key is s3cr");
    log.said("et-key, no?\n");
    log.tool(tool("1", "echo s3cret-key", State.COMPLETED, "s3cret-key"));

    assertThat(lines())
        .containsExactly("qwen: The key is ***, no?", "qwen -> echo ***: done", "    ***");
  }

  @Test
  void breaksLinesThatAreTooLongAndShowsTheEndsOfLongResults() {
    log.said("x".repeat(10_000) + "\n");
    log.tool(tool("1", "cat", State.COMPLETED, "y".repeat(100_000)));
    log.planned(IntStream.range(0, 1_000).mapToObj(i -> "[ ] step " + i).toList());

    assertThat(lines()).hasSizeLessThan(60).allMatch(line -> line.length() < 4_100);
  }

  @Test
  void writesAPlanOnlyWhenItHasChanged() {
    log.planned(List.of("[ ] think"));
    log.planned(List.of("[ ] think"));
    log.planned(List.of("[x] think"));

    assertThat(lines())
        .containsExactly("qwen's plan:", "    [ ] think", "qwen's plan:", "    [x] think");
  }

  @Test
  void remembersThatTheLogCouldNotBeWritten() {
    log.requireWritten();
    file.close();

    assertThatThrownBy(() -> log.said("hello\n")).isInstanceOf(PortException.class);

    assertThatThrownBy(log::requireWritten).isInstanceOf(PortException.class);
  }

  private static AgentTool tool(String id, String title, State state, String result) {
    return new AgentTool(
        id,
        title,
        "execute",
        List.of(),
        state,
        result.isEmpty() ? Optional.empty() : Optional.of(result));
  }

  /** The lines of the log, without times and stages. */
  private List<String> lines() {
    return written
        .toString()
        .lines()
        .map(line -> line.replaceFirst("^\\S+Z \\[develop] ", ""))
        .toList();
  }

  private static final class NoJournal implements SpendingJournal {
    @Override
    public void spent(AgentSpending spending) {}

    @Override
    public List<AgentSpending> spending(TaskId task) {
      return List.of();
    }
  }

  private static final class NoneTold implements AgentTold {
    @Override
    public void begins(AgentReport report, String why) {}

    @Override
    public void announce(AgentReport report, String newest) {}

    @Override
    public void record(AgentReport report) {}

    @Override
    public void show(AgentReport report, String newest) {}
  }
}
