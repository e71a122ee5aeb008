package io.numa.avatar.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the script {@code ./avatar} of a checkout, with a JVM that prints its arguments. */
class LauncherTest {
  @TempDir Path folder;
  private Path launcher;
  private Path jar;

  @BeforeEach
  void makeCheckout() throws IOException {
    Path checkout = Files.createDirectories(folder.resolve("check out")).toRealPath();
    launcher = Files.copy(Path.of("..", "avatar"), checkout.resolve("avatar"));
    jar = checkout.resolve("avatar-runner-cli/target/avatar.jar");
    Files.createDirectories(jar.getParent());
    Files.createFile(jar);
    Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\nprintf '<%s>' \"$LC_ALL\" \"$@\"\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void startsTheJarOfItsCheckout() throws Exception {
    assertThat(run(launcher)).isEqualTo("<C.UTF-8><-jar><" + jar + "><--version>");
  }

  /** A link to it, such as {@code ~/bin/avatar}, once made a build in the folder of the link. */
  @Test
  void startsTheJarOfItsCheckoutThroughLinks() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("home/bin"));
    Path absolute = Files.createSymbolicLink(bin.resolve("numa"), launcher);
    Path relative = Files.createSymbolicLink(bin.resolve("avatar"), Path.of("numa"));
    Path ofFolder = Files.createSymbolicLink(folder.resolve("link"), launcher.getParent());
    String expected = "<C.UTF-8><-jar><" + jar + "><--version>";

    assertThat(run(absolute)).isEqualTo(expected);
    assertThat(run(relative)).isEqualTo(expected);
    assertThat(run(ofFolder.resolve("avatar"))).isEqualTo(expected);
  }

  @Test
  void startsShortCommandsWithStoredClassesUnlessTheJarIsNewer() throws Exception {
    Path classes = Files.createFile(jar.resolveSibling("avatar.jsa"));
    String stored = "<-XX:SharedArchiveFile=" + classes + ">";

    Files.setLastModifiedTime(jar, FileTime.fromMillis(1));
    assertThat(run(launcher, "exec")).contains(stored).endsWith("<-jar><" + jar + "><exec>");
    assertThat(run(launcher, "demo")).contains(stored);
    assertThat(run(launcher, "run")).isEqualTo("<C.UTF-8><-jar><" + jar + "><run>");

    Files.setLastModifiedTime(classes, FileTime.fromMillis(0));
    assertThat(run(launcher, "exec")).doesNotContain("Archive");
    assertThat(run(launcher, "demo")).contains("<-XX:ArchiveClassesAtExit=" + classes + ".");
  }

  private String run(Path command) throws Exception {
    return run(command, "--version");
  }

  private String run(Path command, String word) throws Exception {
    var builder = new ProcessBuilder(command.toString(), word).redirectErrorStream(true);
    builder.directory(folder.toFile());
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return printed;
  }
}
