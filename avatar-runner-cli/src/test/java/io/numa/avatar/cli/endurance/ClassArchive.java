package io.numa.avatar.cli.endurance;

import io.numa.avatar.cli.Main;
import io.numa.avatar.testkit.server.GitServer;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A class data sharing archive of the packaged program. Tests start dozens of processes, and
 * loading classes takes more than a third of the time of a short one.
 */
public final class ClassArchive {
  private static final Logger log = LoggerFactory.getLogger(ClassArchive.class);

  /** Made once for all tests of this JVM, as it takes as long as two processes. */
  private static final Optional<Path> ARCHIVE = make();

  private ClassArchive() {}

  /**
   * The JVM options for the class path of the program and the tests, and for the archive if there
   * is one.
   */
  static List<String> options() {
    Path program = origin(Main.class);
    if (!Files.isRegularFile(program)) { // in a development environment
      return List.of("-cp", System.getProperty("java.class.path"));
    }
    // A JVM uses an archive only if its class path begins with the archive's, which has jars only.
    return Stream.concat(
            Stream.of("-cp", program + ":" + origin(ClassArchive.class)), forTheJar().stream())
        .toList();
  }

  /** The JVM options for the archive if there is one, for a class path of the jar alone. */
  public static List<String> forTheJar() {
    return ARCHIVE.map(file -> List.of("-XX:SharedArchiveFile=" + file)).orElse(List.of());
  }

  private static Optional<Path> make() {
    Path program = origin(Main.class);
    if (!Files.isRegularFile(program)) {
      return Optional.empty();
    }
    Path archive = program.resolveSibling("avatar.jsa");
    try {
      Files.deleteIfExists(archive);
      live(List.of("-cp", program.toString(), "-XX:ArchiveClassesAtExit=" + archive));
    } catch (IOException e) {
      log.warn("Processes may start without an archive of their classes", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Optional.of(archive).filter(Files::exists);
  }

  /** Runs an avatar for one task. */
  private static void live(List<String> options) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("avatar-archive");
    try (var git = GitServer.start(folder.resolve("git"));
        var work = Work.begin(git)) {
      work.give("echo working");
      AvatarHome home = AvatarHome.make(folder.resolve("home"), work.backend().url());
      // A JVM writes its archive only if no signal ends it.
      try (var avatar = home.start(options, Main.class, List.of("run", "--max-tasks", "1"))) {
        avatar.await();
      }
    } finally {
      remove(folder);
    }
  }

  private static Path origin(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the class path is made of files", e);
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
