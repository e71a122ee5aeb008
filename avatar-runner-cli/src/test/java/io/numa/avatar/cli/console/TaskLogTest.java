package io.numa.avatar.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class TaskLogTest {
  private final StringWriter out = new StringWriter();

  @Test
  void leavesOutTimesAndWhatIsKnown() {
    TaskLog log = log(Ansi.OFF);

    log.add("2026-11-29T22:08:29.377Z [fetch] task exec\n2026-11-29T22:08:29.401Z [pl");
    log.add("an] the plan has 1 step\n| $ make\n| all done");
    log.add("\n2026-11-29T22:08:58.075Z [report] done: no commit\n| no end");
    log.end();

    assertThat(out.toString().lines())
        .containsExactly("[plan] the plan has 1 step", "| $ make", "| all done", "| no end");
  }

  @Test
  void makesLinesHarmlessAndItsOwnMarksDim() {
    TaskLog log = log(Ansi.ON);

    log.add("2026-11-29T22:08:29.377Z [develop] step\u001b]0;x\u0007\n| \u001b[32m10 %\u001b[0m\n");

    assertThat(out.toString().lines())
        .containsExactly("\u001b[2m[develop]\u001b[0m step", "\u001b[2m|\u001b[0m 10 %");
  }

  /** The pieces of a long line of output begin in the middle of it. */
  @Test
  void takesNoPartOfOutputForALineOfTheAvatar() {
    TaskLog log = log(Ansi.OFF);
    String own = "2026-11-29T22:08:29.377Z [test] exited with 0";

    log.add("| " + own + "\n| " + "x".repeat(70_000));
    log.add(own + "\n" + own + "\n");

    assertThat(out.toString().lines())
        .filteredOn(line -> !line.startsWith("| "))
        .containsExactly("[test] exited with 0");
  }

  /** An agent that reads large files would push all else off the screen. */
  @Test
  void shortensResultsOfAnAgentsTools() {
    TaskLog log = log(Ansi.OFF);

    log.add("2026-11-29T22:08:29.377Z [develop] qwen -> Read a.txt\n");
    for (int i = 1; i <= 15; i++) {
      log.add("2026-11-29T22:08:29.377Z [develop]     line " + i + "\n");
    }
    log.add("2026-11-29T22:08:29.377Z [develop] qwen: Done.\n");
    log.add("2026-11-29T22:08:29.377Z [develop]     short\n");
    log.end();

    assertThat(out.toString().lines())
        .startsWith("[develop] qwen -> Read a.txt", "[develop]     line 1")
        .endsWith(
            "[develop]     line 12",
            "    … 3 more lines",
            "[develop] qwen: Done.",
            "[develop]     short");
  }

  private TaskLog log(Ansi ansi) {
    return new TaskLog(new PrintWriter(out), new Paint(ansi));
  }
}
