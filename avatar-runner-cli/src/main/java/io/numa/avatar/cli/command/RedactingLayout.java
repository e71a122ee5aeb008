package io.numa.avatar.cli.command;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.LayoutBase;
import io.numa.avatar.run.secret.Redacted;
import io.numa.avatar.run.secret.Redactor;

/**
 * Formats log events by a pattern, then cleans and redacts the whole text. All lines of an event
 * but the first are indented, so that no text in an event looks like another one.
 */
final class RedactingLayout extends LayoutBase<ILoggingEvent> {
  private static final String INDENT = "\n  ";

  private final PatternLayout layout = new PatternLayout();
  private final Redactor redactor;

  /** Makes a layout and starts it. */
  RedactingLayout(Context context, String pattern, Redactor redactor) {
    this.redactor = redactor;
    setContext(context);
    layout.setContext(context);
    layout.setPattern(pattern);
    layout.start();
    start();
  }

  @Override
  public String doLayout(ILoggingEvent event) {
    String text = Redacted.of(layout.doLayout(event), redactor).toString();
    return text.stripTrailing().replace("\n", INDENT) + "\n";
  }
}
