package io.numa.avatar.cli.doctor;

import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.git.settings.HostCredential;
import io.numa.avatar.git.settings.HostTokens;
import io.numa.avatar.port.PortException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The checks of {@code doctor} on the Git hosts that the configuration has credentials for. */
final class GitHosts {
  private static final String TRY = "; 'doctor --repo URL' tries to log in";
  private static final int CONNECT_MILLIS = 5_000;

  private final GitSettings settings;
  private final HostTokens tokens;

  GitHosts(GitSettings settings) {
    this.settings = settings;
    this.tokens = new HostTokens(settings);
  }

  List<CheckResult> check() {
    if (settings.credentials().hosts().isEmpty()) {
      return List.of(
          CheckResult.doubtful(
              "git", "no git.credentials: only public and local repositories can be used"));
    }
    return settings.credentials().hosts().stream()
        .flatMap(one -> Stream.of(reach(one), token(one), key(one), agent(one)))
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<CheckResult> reach(HostCredential credential) {
    Server server = Server.of(credential);
    String subject = "git host " + server.host() + ":" + server.port();
    String service =
        credential.serviceOrGuess().word()
            + (credential.service().isPresent() ? "" : " by its name");
    if (settings.access().network().proxy().isPresent() && credential.token().isPresent()) {
      return Optional.of(CheckResult.good(subject, service + ", behind git.proxy" + TRY));
    }
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(server.host(), server.port()), CONNECT_MILLIS);
      return Optional.of(CheckResult.good(subject, service + ", reachable" + TRY));
    } catch (IOException e) {
      return Optional.of(
          CheckResult.bad(
              subject,
              service + ", cannot be reached: " + e.getMessage() + "; check name and network"));
    }
  }

  /** Reads the token in the same way as a task does. */
  private Optional<CheckResult> token(HostCredential credential) {
    if (credential.token().isEmpty()) {
      return Optional.empty();
    }
    String user = credential.tokenUser().orElse(settings.identity().name());
    String subject = "git login at " + credential.host();
    String how = "as '" + user + "', with a token from " + credential.token().get().words();
    try {
      tokens.read(credential);
      return Optional.of(CheckResult.good(subject, how));
    } catch (PortException e) {
      return Optional.of(CheckResult.bad(subject, how + ": " + e.getMessage()));
    }
  }

  private static Optional<CheckResult> key(HostCredential credential) {
    return credential
        .ssh()
        .key()
        .map(
            key ->
                Files.isReadable(key)
                    ? CheckResult.good("ssh key " + key, "readable")
                    : CheckResult.bad("ssh key " + key, "cannot be read; see git.credentials"));
  }

  private static Optional<CheckResult> agent(HostCredential credential) {
    return credential
        .ssh()
        .agent()
        .map(
            (Path socket) ->
                Files.isWritable(socket)
                    ? CheckResult.good("ssh agent " + socket, "there")
                    : CheckResult.bad("ssh agent " + socket, "is not there; see SSH_AUTH_SOCK"));
  }

  private record Server(String host, int port) {
    static Server of(HostCredential credential) {
      String host = credential.host();
      int colon = host.lastIndexOf(':');
      if (host.endsWith(":*")) {
        return new Server(host.substring(0, colon), usualPort(credential));
      }
      return colon > host.lastIndexOf(']')
          ? new Server(host.substring(0, colon), Integer.parseInt(host.substring(colon + 1)))
          : new Server(host, usualPort(credential));
    }

    private static int usualPort(HostCredential credential) {
      return credential.token().isPresent() ? 443 : 22;
    }
  }
}
