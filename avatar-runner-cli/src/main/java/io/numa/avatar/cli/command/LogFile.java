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
import io.numa.avatar.cli.command.common.UsageException;
import io.numa.avatar.cli.config.Configuration.Logs;
import java.nio.file.Path;

/**
 * The file of the avatar's own log. When the file is too large, it is renamed and a new one begins.
 */
final class LogFile {
  private LogFile() {}

  /**
   * Opens the file to append to it.
   *
   * @throws UsageException if it cannot be written
   */
  static Appender<ILoggingEvent> open(
      Context context, Layout<ILoggingEvent> layout, Logs logs, Path file) {
    if (file.toString().contains("%")) {
      // Logback takes a '%' for the beginning of a pattern, and has no way to escape it.
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

  private static UsageException failure(Path file, String reason) {
    return new UsageException("could not open the log file '" + file + "': " + reason);
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
    // By default Logback checks the size once a minute; a busy log could grow far beyond the limit.
    trigger.setCheckIncrement(Duration.buildByMilliseconds(0));
    trigger.start();
    return trigger;
  }
}
