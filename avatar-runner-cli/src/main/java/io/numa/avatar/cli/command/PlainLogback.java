package io.numa.avatar.cli.command;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Logback without the configuration that it looks for at its start, and without the output that it
 * sets up where it finds none: {@link Logging} would drop both at once.
 */
public final class PlainLogback implements SLF4JServiceProvider {
  private static final String API = "2.0.99";

  private final LoggerContext context = new LoggerContext();
  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final MDCAdapter values = new LogbackMDCAdapter();

  /** Makes SLF4J use this class, unless it has logged before or the user has named another one. */
  static void choose() {
    if (System.getProperty("slf4j.provider") == null) {
      System.setProperty("slf4j.provider", PlainLogback.class.getName());
      System.setProperty(
          "slf4j.internal.verbosity", "WARN"); // it would print the name of the class
    }
  }

  @Override
  public void initialize() {
    context.setName("default");
    context.setMDCAdapter(values);
    context.start();
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    return context;
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return values;
  }

  @Override
  public String getRequestedApiVersion() {
    return API;
  }
}
