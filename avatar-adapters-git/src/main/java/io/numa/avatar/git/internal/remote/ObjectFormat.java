package io.numa.avatar.git.internal.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.git.internal.support.GitFailures;
import io.numa.avatar.task.RepositoryUrl;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Repository;

/**
 * Detects repositories with SHA-256 ids. JGit 7.8 supports SHA-1 only, and fails in several ways:
 * with ids of another length, a file that it cannot read, or an answer that ends too early.
 */
final class ObjectFormat {
  private ObjectFormat() {}

  /**
   * Checks a repository on this machine.
   *
   * @throws IOException with words that {@link GitFailures} knows, if it uses SHA-256
   */
  static void requireSha1(RepositoryUrl url) throws IOException {
    if (url.transport() != RepositoryUrl.Transport.LOCAL) {
      return;
    }
    Path folder =
        url.value().startsWith("/")
            ? Path.of(url.value())
            : Path.of(URI.create(url.encoded()).getPath());
    Path inTree = folder.resolve(".git").resolve("config");
    Path file = Files.isRegularFile(inTree) ? inTree : folder.resolve("config");
    if (Files.isRegularFile(file) && "sha256".equalsIgnoreCase(format(file))) {
      throw new IOException("mismatched object format: sha256");
    }
  }

  private static String format(Path file) throws IOException {
    try {
      var config = new Config();
      config.fromText(new String(Files.readAllBytes(file), UTF_8));
      return String.valueOf(config.getString("extensions", null, "objectformat"));
    } catch (ConfigInvalidException e) {
      return ""; // JGit will report the failure
    }
  }

  /**
   * Whether a server hung up. Over HTTP in protocol 2, Git does so if its repository has SHA-256
   * ids and the client uses SHA-1.
   */
  static boolean mayBeSha256(RepositoryUrl url, IOException failure) {
    Throwable cause = failure;
    while (cause != null && !(cause instanceof EOFException)) {
      cause = cause.getCause();
    }
    return url.isOverHttp() && cause != null;
  }

  /** A repository that makes requests in protocol 0, in which the server shows its ids at once. */
  static Repository oldAsker() {
    Repository asker = TransportFactory.asker();
    asker.getConfig().setInt("protocol", null, "version", 0);
    return asker;
  }
}
