package io.numa.avatar.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.task.Stage;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class LogViewTest {
  private final StringWriter printed = new StringWriter();
  private final LogView view = new LogView(new PrintWriter(printed));

  @Test
  void printsTheLogAndNothingOfItsOwn() {
    view.entered(Samples.SEVEN, Stage.TEST);
    view.printed(Samples.SEVEN, "one li");
    view.printed(Samples.SEVEN, "ne\n");
    view.say("said");
    view.ended(Samples.SEVEN, Samples.DELIVERED);

    assertThat(printed).hasToString("one line\nsaid\n");
  }

  @Test
  void doesNotLetALineSteerTheTerminal() {
    view.say("\u001b]0;owned\u0007\tgreen");

    assertThat(printed).hasToString("\tgreen\n");
  }
}
