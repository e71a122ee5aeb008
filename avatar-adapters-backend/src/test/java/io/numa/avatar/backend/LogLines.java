package io.numa.avatar.backend;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** A logger that keeps lines of level INFO and higher. */
final class LogLines extends LegacyAbstractLogger {
  private static final long serialVersionUID = 1;

  private final transient BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  List<String> lines() {
    return List.copyOf(lines);
  }

  /** Takes the next line, and waits for it; null if none comes in time. */
  @Nullable String next(Duration limit) throws InterruptedException {
    return lines.poll(limit.toMillis(), MILLISECONDS);
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      String message,
      Object @Nullable [] arguments,
      @Nullable Throwable thrown) {
    lines.add(level + " " + MessageFormatter.arrayFormat(message, arguments).getMessage());
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  public boolean isTraceEnabled() {
    return false;
  }

  @Override
  public boolean isDebugEnabled() {
    return false;
  }

  @Override
  public boolean isInfoEnabled() {
    return true;
  }

  @Override
  public boolean isWarnEnabled() {
    return true;
  }

  @Override
  public boolean isErrorEnabled() {
    return true;
  }
}
