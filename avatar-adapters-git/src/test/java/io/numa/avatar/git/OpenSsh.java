package io.numa.avatar.git;

import io.numa.avatar.port.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * Debian's own SSH server on loopback, with keys and a configuration made for this run; it lets in
 * whoever runs the tests, to all their repositories. Tests are skipped where it is not installed.
 */
final class OpenSsh implements AutoCloseable {
  private final Path folder;
  private final int port;
  private final Process process;

  private OpenSsh(Path folder, int port, Process process) {
    this.folder = folder;
    this.port = port;
    this.process = process;
  }

  static OpenSsh start(Path folder) throws IOException, InterruptedException {
    Path program = SystemPrograms.require("sshd");
    SystemPrograms.require("git-upload-pack");
    if (SystemPrograms.isRoot()) {
      Files.createDirectories(Path.of("/run/sshd"));
    }
    Files.createDirectories(folder);
    SystemPrograms.run(
        "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder.resolve("host").toString());
    Path authorized = Files.createFile(folder.resolve("authorized_keys"));
    int port = SystemPrograms.freePort();
    Path config =
        Files.write(
            folder.resolve("sshd_config"),
            List.of(
                "Port " + port,
                "ListenAddress 127.0.0.1",
                "HostKey " + folder.resolve("host"),
                "AuthorizedKeysFile " + authorized,
                "PidFile none",
                "StrictModes no",
                "UsePAM no",
                "PermitRootLogin yes",
                "PasswordAuthentication no",
                "KbdInteractiveAuthentication no",
                "AcceptEnv GIT_PROTOCOL",
                // Where a login shell finds nobody's start-up files, which may take longer than
                // Git.
                "SetEnv HOME=" + Files.createDirectory(folder.resolve("home")),
                "MaxStartups 100"));
    Process process =
        new ProcessBuilder(program.toString(), "-D", "-e", "-f", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("sshd.log").toFile())
            .start();
    SystemPrograms.await(process, () -> SystemPrograms.listens(port));
    return new OpenSsh(folder, port, process);
  }

  /** Makes a key pair of a type, lets in who has it, and gives the private key. */
  Path authorizeNewKey(String type, String passphrase, String... more)
      throws IOException, InterruptedException {
    Path key = Files.createTempFile(folder, type, "");
    Files.delete(key);
    String[] arguments = {"-q", "-t", type, "-N", passphrase, "-f", key.toString()};
    String[] all = new String[arguments.length + more.length];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    SystemPrograms.run("ssh-keygen", all);
    Files.writeString(
        folder.resolve("authorized_keys"),
        Files.readString(Path.of(key + ".pub")),
        StandardOpenOption.APPEND);
    return key;
  }

  Path knownHosts() throws IOException {
    String[] key = Files.readString(folder.resolve("host.pub")).split(" ", 3);
    return Files.writeString(
        folder.resolve("known_hosts"), "[127.0.0.1]:" + port + " " + key[0] + " " + key[1] + "\n");
  }

  /** A credential with a key, and with a passphrase if that is not empty. */
  HostCredential credential(Path key, String passphrase) throws IOException {
    return HostCredential.ssh(
        "127.0.0.1",
        new SshAccess(
            Optional.of(key),
            Optional.of(passphrase).filter(text -> !text.isEmpty()).map(Secret::new),
            Optional.empty(),
            Optional.of(knownHosts())));
  }

  /** Where a repository in a folder is reached. */
  String url(Path repository) {
    return "ssh://" + System.getProperty("user.name") + "@127.0.0.1:" + port + repository;
  }

  @Override
  public void close() {
    SystemPrograms.end(process);
  }
}
