package io.numa.avatar.process.sandbox.helper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HelperProgramTest {
  @TempDir Path temp;

  @BeforeEach
  void needsLinux() {
    assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
  }

  private Path install(Path folder) throws InterruptedException {
    var helper = HelperProgram.install(folder);
    assertThat(helper.lack()).isEmpty();
    return helper.path().orElseThrow();
  }

  @Test
  void isBroughtToAFolderThatOnlyThisUserMayEnter() throws Exception {
    Path folder = temp.resolve("state").resolve("helper");

    Path file = install(folder);

    assertThat(file).isAbsolute().hasParent(folder);
    assertThat(Files.getPosixFilePermissions(folder)).isEqualTo(only("rwx------"));
    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(only("rwx------"));
    assertThat(folder.toFile().list()).containsExactly(file.getFileName().toString());
  }

  @Test
  void aFolderThatOthersMayEnterIsClosed() throws Exception {
    Path folder = Files.createDirectory(temp.resolve("open"));
    Files.setPosixFilePermissions(folder, only("rwxrwxrwx"));

    install(folder);

    assertThat(Files.getPosixFilePermissions(folder)).isEqualTo(only("rwx------"));
  }

  @Test
  void aFileThatIsAsItShouldBeIsLeftAlone() throws Exception {
    Object before = Files.getAttribute(install(temp), "unix:ino");

    assertThat(Files.getAttribute(install(temp), "unix:ino")).isEqualTo(before);
  }

  @Test
  void aFileThatWasChangedIsReplaced() throws Exception {
    Path file = install(temp);
    byte[] right = Files.readAllBytes(file);
    byte[] wrong = right.clone();
    wrong[wrong.length / 2] ^= 1;
    Files.write(file, wrong);

    assertThat(Files.readAllBytes(install(temp))).isEqualTo(right);
  }

  @Test
  void aLinkInItsPlaceIsReplaced() throws Exception {
    Path file = install(temp);
    Path other = Files.copy(file, temp.resolve("other"));
    Files.setPosixFilePermissions(other, only("rwx------"));
    Files.delete(file);
    Files.createSymbolicLink(file, other);

    assertThat(Files.isSymbolicLink(install(temp))).isFalse();
  }

  /** Processes that start meanwhile hold files open that are being written. */
  @Test
  void severalAvatarsCanBringItAtOnce() throws Exception {
    var threads = Executors.newFixedThreadPool(8);
    try {
      var tasks = new ArrayList<Callable<HelperProgram>>();
      for (int i = 0; i < 32; i++) {
        Path folder = temp.resolve("folder" + i % 4);
        tasks.add(() -> HelperProgram.install(folder));
      }
      for (Future<HelperProgram> helper : threads.invokeAll(tasks)) {
        assertThat(helper.get().lack()).isEmpty();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aFolderOfAnotherUserIsNotUsed() throws Exception {
    assumeThat(Files.getAttribute(Path.of("/proc/self"), "unix:uid")).isEqualTo(0);
    Path folder = Files.createDirectory(temp.resolve("foreign"));
    Files.setAttribute(folder, "unix:uid", 65534);

    assertThat(HelperProgram.install(folder).lack())
        .hasValueSatisfying(reason -> assertThat(reason).contains("belongs to another user"));
    assertThat(folder.toFile().list()).isEmpty();
  }

  @Test
  void aFileInPlaceOfTheFolderIsTold() throws Exception {
    Path file = Files.createFile(temp.resolve("file"));

    assertThat(HelperProgram.install(file).lack())
        .hasValueSatisfying(reason -> assertThat(reason).contains("could not write it to"));
  }

  @Test
  void aFileThatMayNotBeStartedNamesTheRemedy() throws Exception {
    Path file = Files.write(temp.resolve("avatar-sandbox"), List.of());

    assertThat(HelperInstaller.start(file).lack())
        .hasValueSatisfying(reason -> assertThat(reason).contains("noexec"));
  }

  @Test
  void aProgramThatFailsIsTold() throws InterruptedException {
    assertThat(HelperInstaller.start(Path.of("/bin/false")).lack())
        .hasValueSatisfying(reason -> assertThat(reason).contains("does not work"));
  }

  @ParameterizedTest
  @CsvSource({"Linux, riscv64", "Linux, i386", "Mac OS X, aarch64", "Windows 11, amd64"})
  void otherMachinesHaveNone(String system, String processor) throws InterruptedException {
    assertThat(new HelperInstaller(system, processor).install(temp.resolve("none")).lack())
        .hasValueSatisfying(
            reason -> assertThat(reason).contains("this is " + system + " on " + processor));
    assertThat(temp.resolve("none")).doesNotExist();
  }

  private static Set<PosixFilePermission> only(String text) {
    return PosixFilePermissions.fromString(text);
  }
}
