package io.numa.avatar.cli.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.repository.TransferProgress;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.Task;
import io.numa.avatar.testkit.ManualClock;
import java.io.ByteArrayOutputStream;
import java.io.IOError;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveViewTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final Task first = Samples.task("1", "Count");
  private final Task second = Samples.task("2", "Weigh");
  private final AtomicInteger measured = new AtomicInteger();
  private boolean sizeIsUnknown;
  private Terminal terminal;
  private LiveView view;

  @BeforeEach
  void openTerminal() throws IOException {
    terminal =
        new ExternalTerminal("test", "ansi", InputStream.nullInputStream(), printed, UTF_8) {
          @Override
          public Size getSize() {
            measured.incrementAndGet();
            if (sizeIsUnknown) {
              throw new IOError(new InterruptedIOException("stty was interrupted"));
            }
            return super.getSize();
          }
        };
    terminal.setSize(new Size(60, 20));
    view = new LiveView(terminal, ManualClock.at(Samples.NOON));
  }

  @Test
  void keepsALineForEachRunningTaskBelowWhatHappened() {
    view.say("waiting");
    begin(first);
    begin(second);

    assertThat(screen())
        .containsExactly(
            "waiting",
            "task 1 begins: Count",
            "task 2 begins: Weigh",
            "  task 1  fetch  0.0 s  Count",
            "  task 2  fetch  0.0 s  Weigh");
    view.close();
  }

  @Test
  void lineOfATaskGoesWhenItEnds() {
    begin(first);
    begin(second);
    view.ended(first.id(), Samples.NOT_OURS);

    assertThat(screen())
        .containsExactly(
            "task 1 begins: Count",
            "task 2 begins: Weigh",
            "task 1 after 0.0 s dropped: another avatar has it",
            "  task 2  fetch  0.0 s  Weigh");
    view.close();
  }

  @Test
  void showsStagesAndTransfers() {
    begin(first);
    view.entered(first.id(), Stage.CLONE);
    view.transferred(first.id(), new TransferProgress("Receiving", 1, OptionalLong.of(2), 2000));
    view.say("redraw");

    assertThat(screen())
        .endsWith("redraw", "  task 1  clone  0.0 s  Receiving 50 %  2.0 kB  Count");
    view.close();
  }

  @Test
  void cutsALineThatIsWiderThanTheTerminal() {
    begin(Samples.task("3", "x".repeat(300)));

    List<String> rows = screen();
    assertThat(rows.get(rows.size() - 1)).startsWith("  task 3  fetch  0.0 s  xxx").hasSize(59);
    view.close();
  }

  @Test
  void titlesCannotSteerTheTerminal() {
    begin(Samples.task("3", "a\u001b[2J\u009b\nb"));

    assertThat(screen()).endsWith("  task 3  fetch  0.0 s  a b");
    view.close();
  }

  @Test
  void stagesOfUnknownTasksShowNothing() {
    view.entered(first.id(), Stage.CLONE);
    view.say("redraw");

    assertThat(screen()).containsExactly("redraw");
    view.close();
  }

  @Test
  void leavesNoLiveLineBehind() {
    begin(first);

    view.close();

    assertThat(screen()).containsExactly("task 1 begins: Count");
  }

  /** JLine starts a process to ask for the size; the view once did so 11 times a second. */
  @Test
  void asksForTheSizeOnlyWhenItHasChanged() {
    int atFirst = measured.get();
    begin(first);
    view.entered(first.id(), Stage.CLONE);
    view.say("redraw");
    assertThat(measured).hasValue(atFirst);

    terminal.setSize(new Size(30, 20));
    terminal.raise(Terminal.Signal.WINCH);

    assertThat(measured).hasValue(atFirst + 1);
    assertThat(screen()).endsWith("  task 1  clone  0.0 s  Count");
    view.say("x".repeat(10));
    begin(Samples.task("3", "y".repeat(300)));
    assertThat(screen().get(screen().size() - 1)).hasSize(29);
    view.close();
  }

  /** The second Ctrl-C interrupts the tasks, whose last lines once ended in stack traces. */
  @Test
  void showsWhatAnAgentDoesBelowItsTask() {
    begin(first);
    begin(second);
    view.worked(first.id(), Samples.AGENT, "-> Edit total.sh");
    view.say("redraw");

    assertThat(screen())
        .endsWith(
            "redraw",
            "  task 1  fetch  0.0 s  Count",
            "    qwen  7 turns, 36.6k tokens, cost 0.13  -> Edit total.s",
            "  task 2  fetch  0.0 s  Weigh");
    view.close();
  }

  @Test
  void keepsItsSizeWhenTheTerminalCannotBeAsked() {
    begin(first);
    sizeIsUnknown = true;
    terminal.raise(Terminal.Signal.WINCH);
    Thread.currentThread().interrupt();
    view.ended(first.id(), Samples.NOT_OURS);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(screen())
        .containsExactly(
            "task 1 begins: Count", "task 1 after 0.0 s dropped: another avatar has it");
    view.close();
  }

  @Test
  void printsNothingWhileNothingChanges() {
    begin(first);
    view.ended(first.id(), Samples.NOT_OURS);
    int before = printed.size();

    view.entered(first.id(), Stage.CLONE);
    terminal.raise(Terminal.Signal.WINCH);

    assertThat(printed.size()).isEqualTo(before);
    view.close();
  }

  private void begin(Task task) {
    view.began(task, Samples.attempt(task));
  }

  /** The rows on the screen, without the time that some begin with. */
  private List<String> screen() {
    return Screen.rows(printed).stream()
        .map(row -> row.replaceFirst("^\\d\\d:\\d\\d:\\d\\d ", ""))
        .toList();
  }
}
