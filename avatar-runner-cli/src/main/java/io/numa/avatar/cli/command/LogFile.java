package io.numa.avatar.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import io.numa.avatar.cli.config.Configuration.Logs;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import java.nio.file.Path;

/** The file of the avatar's own log; a new one takes its place when it is large. */
final class LogFile {
  private LogFile() {}

  /**
   * Opens the file for more.
   *
   * @throws PortException of kind {@code UNAVAILABLE} if it cannot be written
   */
  static Appender<ILoggingEvent> open(
      Context context, Layout<ILoggingEvent> layout, Logs logs, Path file) {
    if (file.toString().contains("%")) {
      // Logback takes it for the beginning of a pattern, and knows no way to say otherwise.
      throw failure(file, "its path must not have a '%'");
    }
    var appender = new RollingFileAppender<ILoggingEvent>();
    appender.setContext(context);
    appender.setFile(file.toString());
    appender.setEncoder(encoder(context, layout));
    var rolling = new FixedWindowRollingPolicy();
    rolling.setContext(context);
    rolling.setParent(appender);
    rolling.setFileNamePattern(file + ".%i");
    rolling.setMaxIndex(logs.keep());
    rolling.start();
    appender.setRollingPolicy(rolling);
    appender.setTriggeringPolicy(trigger(context, logs));
    appender.start();
    if (!appender.isStarted()) {
      throw failure(file, "see that logs.file can be written");
    }
    return appender;
  }

  private static PortException failure(Path file, String reason) {
    return new PortException(
        FailureKind.UNAVAILABLE, "could not open the log file '" + file + "': " + reason);
  }

  private static LayoutWrappingEncoder<ILoggingEvent> encoder(
      Context context, Layout<ILoggingEvent> layout) {
    var encoder = new LayoutWrappingEncoder<ILoggingEvent>();
    encoder.setContext(context);
    encoder.setCharset(UTF_8);
    encoder.setLayout(layout);
    encoder.start();
    return encoder;
  }

  private static SizeBasedTriggeringPolicy<ILoggingEvent> trigger(Context context, Logs logs) {
    var trigger = new SizeBasedTriggeringPolicy<ILoggingEvent>();
    trigger.setContext(context);
    trigger.setMaxFileSize(new FileSize(logs.maxSize()));
    // It would look once a minute only, in which a busy log may grow far beyond that.
    trigger.setCheckIncrement(Duration.buildByMilliseconds(0));
    trigger.start();
    return trigger;
  }
}
