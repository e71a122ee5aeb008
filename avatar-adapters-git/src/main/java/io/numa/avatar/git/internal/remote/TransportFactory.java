package io.numa.avatar.git.internal.remote;

import io.numa.avatar.git.internal.access.CountedSsh;
import io.numa.avatar.git.internal.access.Destinations;
import io.numa.avatar.git.internal.access.HostLogin;
import io.numa.avatar.git.internal.access.OriginBoundHttp;
import io.numa.avatar.git.internal.access.ServerCapabilities;
import io.numa.avatar.git.internal.access.SshLogin;
import io.numa.avatar.git.internal.access.StandInHosts;
import io.numa.avatar.git.internal.answer.GitService;
import io.numa.avatar.git.internal.answer.RefusedRequestException;
import io.numa.avatar.git.internal.answer.ServerWords;
import io.numa.avatar.git.internal.support.RemoteText;
import io.numa.avatar.git.settings.CheckedConnections;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.http.address.ForbiddenAddressException;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.RepositoryUrl;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.jspecify.annotations.Nullable;

/**
 * Opens JGit's transports to one remote repository, with its credentials and limits. It uses no
 * named remote of a Git configuration, so no configuration can rewrite the URL.
 */
final class TransportFactory {
  private final RepositoryUrl url;
  private final GitSettings settings;
  private final ServerCapabilities known;
  private final CheckedConnections connections;

  TransportFactory(RepositoryUrl url, GitSettings settings, ServerCapabilities known) {
    this.url = url;
    this.settings = settings;
    this.known = known;
    this.connections = new CheckedConnections(settings.access().network(), settings.addresses());
  }

  /** An action on an open transport. */
  interface Action<T> {
    T with(Transport transport) throws IOException;
  }

  /** Opens a transport, and closes it after the action. */
  <T> T withTransport(@Nullable Repository local, Action<T> action) throws IOException {
    settings.access().allowed().requireAllowed(url);
    Destinations.requireReachable(url, settings);
    HostLogin.requireSafe(url, settings.credentials());
    URIish uri = uri();
    var login = new HostLogin(settings);
    try (SshdSessionFactory ssh = SshLogin.sessions(url, settings);
        Transport transport = open(local, uri)) {
      transport.setTagOpt(TagOpt.AUTO_FOLLOW);
      transport.setTimeout((int) settings.timeout().toSeconds());
      transport.setCredentialsProvider(login);
      if (transport instanceof TransportHttp http) {
        http.setHttpConnectionFactory(new OriginBoundHttp(login, settings, connections, known));
      } else if (transport instanceof SshTransport overSsh) {
        overSsh.setSshSessionFactory(new CountedSsh(ssh, settings.access().metrics()));
      }
      return action.with(transport);
    } catch (RefusedRequestException e) {
      throw told(e);
    } catch (IOException e) {
      Optional<ForbiddenAddressException> forbidden = ForbiddenAddressException.in(e);
      if (forbidden.isPresent()) {
        throw forbidden.get().denied();
      }
      if (login.lack().isPresent()) {
        throw login.lack().get();
      }
      throw refusal(e).map(this::told).orElseThrow(() -> e);
    }
  }

  private static Optional<RefusedRequestException> refusal(IOException failure) {
    Throwable one = failure;
    while (one != null && !(one instanceof RefusedRequestException)) {
      one = one.getCause();
    }
    return one instanceof RefusedRequestException refused
        ? Optional.of(refused)
        : ServerWords.refusal(GitService.FETCH, failure);
  }

  /** The refusal in words of the server that a message can contain. */
  private RefusedRequestException told(RefusedRequestException refused) {
    return refused.withReason(RemoteText.lines(settings.access().redactor(), refused.getMessage()));
  }

  /** Without a repository, JGit cannot ask HTTP servers that have no services. */
  private Transport open(@Nullable Repository local, URIish uri) throws IOException {
    if (local != null) {
      return Transport.open(local, uri);
    }
    return url.isOverHttp() ? Transport.open(asker(), uri) : Transport.open(uri);
  }

  /** A repository without objects, which makes requests. */
  static Repository asker() {
    return new InMemoryRepository(new DfsRepositoryDescription("asker"));
  }

  /** An action on a remote that has listed its refs. */
  interface FetchAction<T> {
    T with(FetchConnection connection) throws IOException;
  }

  /** Asks for all refs, and keeps the connection open until the action has ended. */
  <T> T withAllRefs(@Nullable Repository local, FetchAction<T> action) throws IOException {
    return withTransport(local, transport -> use(transport.openFetch(), action));
  }

  /**
   * Asks for HEAD, the tags, and the named branches only.
   *
   * @param depth how many commits of a history to fetch; 0 for all
   */
  <T> T withRefs(
      @Nullable Repository local, int depth, List<BranchName> branches, FetchAction<T> action)
      throws IOException {
    List<RefSpec> wanted = branches.stream().map(name -> new RefSpec(name.ref())).toList();
    return withTransport(
        local,
        transport -> {
          if (depth > 0) {
            transport.setDepth(depth);
          }
          return use(openFetch(transport, wanted), action);
        });
  }

  private static <T> T use(FetchConnection opened, FetchAction<T> action) throws IOException {
    try (FetchConnection connection = opened) {
      return action.with(connection);
    }
  }

  private static FetchConnection openFetch(Transport transport, List<RefSpec> wanted)
      throws IOException {
    OriginBoundHttp.Opening opening =
        () -> transport.openFetch(wanted, Constants.HEAD, Constants.R_TAGS);
    return transport instanceof TransportHttp http
            && http.getHttpConnectionFactory() instanceof OriginBoundHttp bound
        ? bound.open(opening)
        : opening.open();
  }

  private URIish uri() throws IOException {
    try {
      URIish uri = new URIish(url.value());
      if (url.transport() == RepositoryUrl.Transport.SSH && uri.getUser() == null) {
        var user = SshLogin.user(url, settings.credentials());
        return user.isPresent() ? uri.setUser(user.get()) : uri;
      }
      return url.isOverHttp() ? StandInHosts.hidden(uri) : uri;
    } catch (URISyntaxException e) {
      throw new IOException("not a repository address: '" + url + "'", e);
    }
  }
}
