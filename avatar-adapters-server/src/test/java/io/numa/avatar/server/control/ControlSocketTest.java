package io.numa.avatar.server.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the socket is, and whose it is. */
class ControlSocketTest {
  @TempDir private Path folder;

  @Test
  void liesInAFolderOfItsOwnersAlone() throws IOException {
    Path control = Files.createDirectories(folder.resolve("state/control"));
    Files.setPosixFilePermissions(control, PosixFilePermissions.fromString("rwxrwxrwx"));

    Path path = ControlSocket.of(folder.resolve("state")).prepare(Map.of());

    assertThat(path).isEqualTo(control.resolve("socket"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(control)))
        .isEqualTo("rwx------");
  }

  @Test
  void isNotThereBeforeAnAvatarHasRun() throws IOException {
    assertThat(ControlSocket.of(folder.resolve("state")).find()).isEmpty();
    assertThat(folder.resolve("state")).doesNotExist();
  }

  @Test
  void liesElsewhereWhereItsPathWouldBeTooLong() throws IOException {
    Path runtime = Files.createDirectory(folder.resolve("run"));
    Path longState = folder.resolve("s".repeat(120));
    ControlSocket socket = ControlSocket.of(longState);

    Path path = socket.prepare(Map.of("XDG_RUNTIME_DIR", runtime.toString()));
    Files.createFile(path);

    assertThat(path.getParent()).isEqualTo(runtime.resolve("numa"));
    assertThat(ControlSocket.of(longState).find()).contains(path);
    assertThat(ControlSocket.of(folder.resolve("t".repeat(120))).find()).isEmpty();
  }

  @Test
  void goesIntoNoFolderOfAnother() throws IOException {
    Path runtime = Files.createDirectory(folder.resolve("run"));
    Files.createSymbolicLink(runtime.resolve("numa"), folder);

    assertThatThrownBy(
            () ->
                ControlSocket.of(folder.resolve("s".repeat(120)))
                    .prepare(Map.of("XDG_RUNTIME_DIR", runtime.toString())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not the avatar's own");
  }

  @Test
  void isForItsUserAndTheAdministratorAlone() {
    UserPrincipal avatar = () -> "avatar";

    assertThat(Peers.mayBe(() -> "avatar", avatar)).isTrue();
    assertThat(Peers.mayBe(() -> "root", avatar)).isTrue();
    assertThat(Peers.mayBe(() -> "step", avatar)).isFalse();
  }
}
