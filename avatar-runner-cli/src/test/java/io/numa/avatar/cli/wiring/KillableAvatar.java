package io.numa.avatar.cli.wiring;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.numa.avatar.cli.config.ConfigLoader;
import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.cli.config.Purpose;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.run.RunListener;
import io.numa.avatar.run.RunSettings.Delivery;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.slf4j.LoggerFactory;

/**
 * An avatar that stops at a given record of its journal, to be killed there. Its arguments are
 * {@code before} or {@code after}, and a record's name from {@link Records}.
 */
public final class KillableAvatar {
  /** The text that it prints, before the name of the record, when it stops. */
  public static final String HALTED = "halted ";

  private KillableAvatar() {}

  /** Works as {@code avatar run} does, up to the record. */
  public static void main(String[] arguments) throws InterruptedException {
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
    Configuration configuration =
        ConfigLoader.load(Path.of("config.yaml"), Map.of(), System.getenv(), Purpose.RUN)
            .configuration();
    var setup =
        new Setup(
            configuration, RunListener.NONE, Delivery.PUSH, OptionalInt.empty(), System.getenv());
    String point = arguments[0];
    try (var avatar = Avatar.connected(setup, journal -> watched(journal, point))) {
      avatar.worker().start();
      avatar.worker().awaitStop();
    }
  }

  private static Journal watched(Journal journal, String point) {
    return Records.watch(journal, new Halt(point, () -> System.out.println(HALTED + point)));
  }
}
