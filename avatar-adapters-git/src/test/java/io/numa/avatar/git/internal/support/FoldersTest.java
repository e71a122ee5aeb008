package io.numa.avatar.git.internal.support;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Removal of folders by a user other than root. */
class FoldersTest {
  private static final int NOBODY = 65_534;

  /** Drops all of root's capabilities, so that other users' files are protected from root, too. */
  private static final List<String> POWERLESS =
      List.of("setpriv", "--inh-caps=-all", "--bounding-set=-all");

  @TempDir Path temp;
  private Path home;

  @BeforeEach
  void makeHome() throws IOException {
    home = Files.createDirectories(temp.resolve("home"));
  }

  @AfterEach
  void unlock() throws IOException {
    try (Stream<Path> all = Files.walk(temp)) {
      all.filter(Files::isDirectory).forEach(folder -> folder.toFile().setWritable(true));
    }
  }

  @Test
  void removesFoldersThatAreNotToBeChanged() throws Exception {
    protect(file("tree/locked/inner/file").getParent());
    protect(home.resolve("tree/locked"));

    deletePowerlessly();

    assertThat(left()).isEmpty();
  }

  @Test
  void movesAsideOtherUsersFilesAndRemovesTheRest() throws Exception {
    Path foreign = file("tree/target/theirs/file").getParent();
    file("tree/target/ours/file");
    file("tree/a/file");
    file("tree/z/file");
    protect(file("tree/locked/file").getParent());
    giveAway(foreign);

    deletePowerlessly();

    assertThat(home).doesNotExist();
    assertThat(left()).hasSize(1).allMatch(path -> path.matches("\\.trash/home-[^/]*/.*/file"));
  }

  @Test
  void freesThePathAgainAndAgain() throws Exception {
    for (int i = 0; i < 2; i++) {
      giveAway(file("tree/theirs/file").getParent());
      deletePowerlessly();
      assertThat(home).doesNotExist();
    }

    assertThat(left()).hasSize(2);
  }

  @Test
  void removesOtherUsersFilesFromItsOwnFolders() throws Exception {
    giveAway(file("tree/theirs"));
    giveAway(Files.createDirectory(home.resolve("tree/empty")));

    deletePowerlessly();

    assertThat(left()).isEmpty();
    assertThat(temp.resolve(".trash")).doesNotExist();
  }

  private void deletePowerlessly() throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    if (isRoot()) {
      assumeThat(Path.of("/usr/bin/setpriv")).exists();
      command.addAll(POWERLESS);
    }
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            DeletesFolder.class.getName(),
            home.toString()));

    var process = new ProcessBuilder(command).redirectErrorStream(true).start();

    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(30, SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
  }

  /** The remaining files, at any place. */
  private List<String> left() throws IOException {
    try (Stream<Path> all = Files.walk(temp)) {
      return all.filter(Files::isRegularFile)
          .map(file -> temp.relativize(file).toString())
          .toList();
    }
  }

  private Path file(String path) throws IOException {
    Path file = home.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "x");
  }

  private static void protect(Path folder) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
  }

  private static void giveAway(Path path) throws IOException {
    assumeThat(isRoot()).as("only root can give a file away").isTrue();
    Files.setAttribute(path, "unix:uid", NOBODY);
  }

  private static boolean isRoot() throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
  }
}
