package io.numa.avatar.cli.command;

import static java.time.ZoneOffset.UTC;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.LayoutBase;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.run.secret.Redacted;
import io.numa.avatar.run.secret.Redactor;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Formats log events as JSON objects, one a line: {@code time}, {@code level}, {@code logger},
 * {@code thread}, {@code message}; where they are known {@code task}, {@code attempt}, {@code
 * stage}, {@code exception}. Each text is cleaned and redacted before JSON escapes it.
 */
final class JsonLayout extends LayoutBase<ILoggingEvent> {
  private static final List<String> OF_THE_TASK = List.of("task", "attempt", "stage");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSX", Locale.ROOT).withZone(UTC);

  private final Redactor redactor;

  /** Makes a layout and starts it. */
  JsonLayout(Context context, Redactor redactor) {
    this.redactor = redactor;
    setContext(context);
    start();
  }

  @Override
  public String doLayout(ILoggingEvent event) {
    ObjectNode line =
        JsonNodeFactory.instance
            .objectNode()
            .put("time", TIME.format(event.getInstant()))
            .put("level", event.getLevel().toString())
            .put("logger", event.getLoggerName())
            .put("thread", shown(event.getThreadName()));
    OF_THE_TASK.forEach(key -> add(line, key, event.getMDCPropertyMap().get(key)));
    line.put("message", shown(event.getFormattedMessage()));
    add(line, "exception", trace(event.getThrowableProxy()));
    return line + "\n";
  }

  private void add(ObjectNode line, String key, @Nullable String text) {
    if (text != null) {
      line.put(key, shown(text));
    }
  }

  private static @Nullable String trace(@Nullable IThrowableProxy thrown) {
    return thrown == null ? null : ThrowableProxyUtil.asString(thrown).strip();
  }

  private String shown(String text) {
    return Redacted.of(text, redactor).toString();
  }
}
