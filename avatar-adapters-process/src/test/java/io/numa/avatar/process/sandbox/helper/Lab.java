package io.numa.avatar.process.sandbox.helper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A folder that every user can enter, with the helper and the programs that tests start by it. */
final class Lab {
  private final Path folder;
  private final Path helper;

  Lab(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    open(folder);
    var installed = HelperProgram.install(folder.resolve("private"));
    assumeThat(installed.lack()).as("the helper").isEmpty();
    helper = copy(installed.path().orElseThrow(), "avatar-sandbox");
    String name = InsideMain.class.getName().replace('.', '/') + ".class";
    try (InputStream program = InsideMain.class.getResourceAsStream("/" + name)) {
      Path file = folder.resolve("classes").resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, program.readAllBytes());
    }
  }

  private Path copy(Path file, String name) throws IOException {
    Path copy = Files.copy(file, folder.resolve(name));
    open(copy);
    return copy;
  }

  /** Adds a file of the module's resources, which every user can execute. */
  Path add(String resource) throws IOException {
    Path file = folder.resolve(resource);
    try (InputStream content =
        HelperProgram.class.getResourceAsStream("/io/numa/avatar/process/sandbox/" + resource)) {
      Files.write(file, content.readAllBytes());
    }
    open(file);
    return file;
  }

  /** Lets every user do everything with a file. */
  static void open(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  Path folder() {
    return folder;
  }

  String helper() {
    return helper.toString();
  }

  /** The words that start a command in a network of its own. */
  List<String> outer(Caller caller, List<String> options, List<String> command) {
    List<String> network = List.of(helper(), "outer", "--userns", caller.users(), "--net", "none");
    return caller.start(Lists.join(network, options, List.of("--"), command));
  }

  /** The words that start a command by the helper's {@code inner}. */
  List<String> inner(Caller caller, List<String> options, List<String> command) {
    return caller.start(Lists.join(List.of(helper(), "inner"), options, List.of("--"), command));
  }

  /** The words that start the program {@link InsideMain}. */
  List<String> insideMain() {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return List.of(
        java.toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xshare:auto",
        "-cp",
        folder.resolve("classes").toString(),
        InsideMain.class.getName());
  }

  /** What a command printed, and its exit code. */
  record Result(int code, String output) {}

  /** Runs a command; its standard error goes to the output. */
  static Result run(List<String> command) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .directory(Path.of("/").toFile())
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(20, SECONDS)).isTrue();
    return new Result(process.exitValue(), output);
  }

  static List<String> shell(String script) {
    return List.of("/bin/sh", "-c", script);
  }
}
