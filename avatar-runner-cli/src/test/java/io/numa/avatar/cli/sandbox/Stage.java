package io.numa.avatar.cli.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts the packaged program, and main classes of tests, as other users on other machines. */
final class Stage {
  private static final Path JAR = Path.of("target", "avatar.jar");
  private static final Path CLASSES = Path.of("target", "test-classes");

  private final Path folder;

  /** What a process printed, and how it ended. */
  record Ended(int code, String out, String err) {}

  /**
   * @param folder where the programs are copied, as other users may not read where they are
   */
  Stage(Path folder) throws IOException {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root can become other users");
    this.folder = folder;
    open(folder);
    Files.copy(JAR, folder.resolve("avatar.jar"));
    String name = BareMain.class.getPackageName().replace('.', '/');
    Path classes = Files.createDirectories(folder.resolve("classes").resolve(name));
    try (var files = Files.list(CLASSES.resolve(name))) {
      for (Path file : files.toList()) {
        Files.copy(file, classes.resolve(file.getFileName().toString()));
      }
    }
  }

  private static void open(Path folder) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /**
   * Runs a main class.
   *
   * @param home its working folder and HOME; is made, and belongs to the user
   */
  Ended run(Machine machine, int user, Path home, Class<?> main, List<String> arguments)
      throws IOException, InterruptedException {
    Files.createDirectories(home);
    Path place = Files.createDirectories(folder.resolve(home.getFileName() + ".place"));
    open(home);
    open(place);
    Files.setAttribute(home, "unix:uid", user);
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m"));
    command.addAll(List.of("-cp", folder.resolve("avatar.jar") + ":" + folder.resolve("classes")));
    command.add(main.getName());
    command.addAll(arguments);
    Path out = folder.resolve(home.getFileName() + ".out");
    Path err = folder.resolve(home.getFileName() + ".err");
    var builder =
        new ProcessBuilder(machine.words(user, command))
            .directory(home.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("HOME", home.toString());
    builder.environment().put("PLACE", place.toString());
    Process process = builder.start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
      return new Ended(
          process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
    } finally {
      process.destroyForcibly();
    }
  }

  Path folder() {
    return folder;
  }
}
