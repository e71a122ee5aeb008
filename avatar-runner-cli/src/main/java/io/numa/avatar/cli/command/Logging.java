package io.numa.avatar.cli.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.Layout;
import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.cli.console.View;
import io.numa.avatar.run.secret.Redactor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.LoggerFactory;

/** The program's own log: warnings and errors of all libraries, and more of the avatar itself. */
final class Logging {
  private static final String ON_TERMINAL = "%-5level %msg%n%ex{short}";
  private static final String IN_FILE =
      "%d{\"yyyy-MM-dd'T'HH:mm:ss.SSSXXX\", UTC} %-5level [%thread] %logger{0} %mdc: %msg%n%ex";

  private Logging() {}

  /** An open output of the log; closing it ends the output. */
  interface Way extends AutoCloseable {
    @Override
    void close();
  }

  /** Drops all log lines until a command opens an output. */
  static void silence() {
    PlainLogback.choose();
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
    context.getLogger("io.numa.avatar").setLevel(Level.INFO);
    // The driver also throws what it logs.
    context.getLogger("org.sqlite").setLevel(Level.OFF);
  }

  /**
   * Sends each log line to the view, and to the log file if the configuration names one, both in
   * the configured format. All parts of a log event are redacted.
   */
  static Way to(View view, Configuration configuration, Redactor redactor) {
    return configuration.logs().isJson()
        ? to(configuration, redactor, context -> new JsonLayout(context, redactor), view::sayJson)
        : asText(view::say, configuration, redactor);
  }

  /** The same with lines of text for people; the configured format is for the file only. */
  static Way asText(Consumer<String> say, Configuration configuration, Redactor redactor) {
    return to(
        configuration,
        redactor,
        context -> new RedactingLayout(context, ON_TERMINAL, redactor),
        say);
  }

  private static Way to(
      Configuration configuration,
      Redactor redactor,
      Function<Context, Layout<ILoggingEvent>> layout,
      Consumer<String> say) {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    List<Appender<ILoggingEvent>> appenders = new ArrayList<>();
    configuration
        .logs()
        .file()
        .map(
            file ->
                LogFile.open(
                    context,
                    configuration.logs().isJson()
                        ? new JsonLayout(context, redactor)
                        : new RedactingLayout(context, IN_FILE, redactor),
                    configuration.logs(),
                    file))
        .ifPresent(appenders::add);
    appenders.add(new SayingAppender(context, layout.apply(context), say));
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    appenders.forEach(root::addAppender);
    return () ->
        appenders.forEach(
            appender -> {
              root.detachAppender(appender);
              appender.stop();
            });
  }

  private static final class SayingAppender extends AppenderBase<ILoggingEvent> {
    private final Layout<ILoggingEvent> layout;
    private final Consumer<String> say;

    SayingAppender(LoggerContext context, Layout<ILoggingEvent> layout, Consumer<String> say) {
      this.layout = layout;
      this.say = say;
      setContext(context);
      start();
    }

    @Override
    protected void append(ILoggingEvent event) {
      layout.doLayout(event).lines().forEach(say);
    }
  }
}
