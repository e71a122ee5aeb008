package io.numa.avatar.testkit.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;

/** Git over SSH, with a host key generated for this run. */
final class SshFront implements AutoCloseable {
  private static final Pattern COMMAND =
      Pattern.compile("(git-upload-pack|git-receive-pack) '?/?(.+?)\\.git'?");

  private final GitService service;
  private final ExecutorService pool;
  private final SshServer server = SshServer.setUpDefaultServer();
  private final KeyPair hostKey;
  private final Set<PublicKey> authorized = ConcurrentHashMap.newKeySet();

  SshFront(GitService service, ExecutorService pool) throws IOException {
    this.service = service;
    this.pool = pool;
    try {
      hostKey = KeyUtils.generateKeyPair(KeyPairProvider.ECDSA_SHA2_NISTP256, 256);
    } catch (GeneralSecurityException e) {
      throw new IOException("could not make a host key", e);
    }
    server.setHost("127.0.0.1");
    server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
    server.setPublickeyAuthenticator(
        (user, key, session) ->
            authorized.stream().anyMatch(known -> KeyUtils.compareKeys(known, key)));
    server.setCommandFactory((channel, command) -> new GitCommand(command));
    server.start();
  }

  int port() {
    return server.getPort();
  }

  void authorize(Path opensshPublicKey) throws IOException {
    try {
      for (AuthorizedKeyEntry entry : AuthorizedKeyEntry.readAuthorizedKeys(opensshPublicKey)) {
        authorized.add(entry.resolvePublicKey(null, PublicKeyEntryResolver.FAILING));
      }
    } catch (GeneralSecurityException e) {
      throw new IOException("could not read the key '" + opensshPublicKey + "'", e);
    }
  }

  void authorizeNewKey(Path privateKey) throws IOException {
    try (OutputStream out = Files.newOutputStream(privateKey)) {
      KeyPair pair = KeyUtils.generateKeyPair(KeyPairProvider.ECDSA_SHA2_NISTP256, 256);
      OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, "git-server", null, out);
      authorized.add(pair.getPublic());
    } catch (GeneralSecurityException e) {
      throw new IOException("could not make the key '" + privateKey + "'", e);
    }
  }

  String knownHostsLine() {
    return "[127.0.0.1]:" + port() + " " + PublicKeyEntry.toString(hostKey.getPublic());
  }

  @Override
  public void close() {
    try {
      server.stop(true);
    } catch (IOException e) {
      throw new UncheckedIOException("could not stop the SSH server", e);
    }
  }

  private final class GitCommand implements Command {
    private final String command;
    private InputStream in = InputStream.nullInputStream();
    private OutputStream out = OutputStream.nullOutputStream();
    private OutputStream err = OutputStream.nullOutputStream();
    private @Nullable ExitCallback exit;
    private @Nullable Future<?> running;

    GitCommand(String command) {
      this.command = command;
    }

    @Override
    public void setInputStream(InputStream stream) {
      in = stream;
    }

    @Override
    public void setOutputStream(OutputStream stream) {
      out = stream;
    }

    @Override
    public void setErrorStream(OutputStream stream) {
      err = stream;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
      exit = callback;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) {
      String protocol = environment.getEnv().getOrDefault("GIT_PROTOCOL", "");
      running = pool.submit(() -> run(protocol));
    }

    @Override
    public void destroy(ChannelSession channel) {
      if (running != null) {
        running.cancel(true);
      }
    }

    private void run(String protocol) {
      int code = 1;
      try {
        code = serve(protocol) ? 0 : 1;
        out.flush();
      } catch (IOException e) {
        complain(e);
      } finally {
        if (exit != null) {
          exit.onExit(code);
        }
      }
    }

    private boolean serve(String protocol) throws IOException {
      Matcher git = COMMAND.matcher(command);
      if (!git.matches()) {
        throw new IOException("not a Git command");
      }
      service.enter();
      String name = git.group(2);
      return service.serve(git.group(1), name, protocol, true, in, out, err);
    }

    private void complain(IOException e) {
      try {
        err.write(("fatal: " + e.getMessage() + "\n").getBytes(UTF_8));
        err.flush();
      } catch (IOException hungUp) {
        e.addSuppressed(hungUp); // the client is gone
      }
    }
  }
}
