package io.numa.avatar.cli.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.run.Redactor;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/** The program's own log: warnings and worse of everything, and more of the avatar itself. */
final class Logging {
  private static final String PATTERN = "%-5level %msg%n%ex{short}";

  private Logging() {}

  /** A way for the log out, open until it is closed. */
  interface Way extends AutoCloseable {
    @Override
    void close();
  }

  /** Says nothing until a command opens a way. */
  static void silence() {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
    context.getLogger("io.numa.avatar").setLevel(Level.INFO);
  }

  /** Sends the log to {@code say}, a line at a time, without the configuration's secrets. */
  static Way to(Consumer<String> say, Configuration configuration) {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    var appender = new SayingAppender(context, Redactor.of(configuration.secrets()), say);
    appender.start();
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.addAppender(appender);
    return () -> {
      root.detachAppender(appender);
      appender.stop();
    };
  }

  private static final class SayingAppender extends AppenderBase<ILoggingEvent> {
    private final PatternLayout layout = new PatternLayout();
    private final Redactor redactor;
    private final Consumer<String> say;

    SayingAppender(LoggerContext context, Redactor redactor, Consumer<String> say) {
      this.redactor = redactor;
      this.say = say;
      setContext(context);
      layout.setContext(context);
      layout.setPattern(PATTERN);
      layout.start();
    }

    @Override
    protected void append(ILoggingEvent event) {
      redactor.redact(layout.doLayout(event)).lines().forEach(say);
    }
  }
}
