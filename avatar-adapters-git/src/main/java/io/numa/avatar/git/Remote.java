package io.numa.avatar.git;

import io.numa.avatar.port.Checkout;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdRef;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.PackLock;
import org.eclipse.jgit.transport.PushConnection;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.jspecify.annotations.Nullable;

/**
 * A remote repository, and how it is talked to. No named remote of a Git configuration takes part,
 * so there is nothing that could rewrite the URL.
 */
final class Remote {
  private final RepositoryUrl url;
  private final GitSettings settings;
  private final KnownServers known;

  Remote(RepositoryUrl url, GitSettings settings, KnownServers known) {
    this.url = url;
    this.settings = settings;
    this.known = known;
  }

  RepositoryUrl url() {
    return url;
  }

  /** Another one that is talked to in the same way. */
  Remote at(RepositoryUrl other) {
    GitAccess access = settings.access();
    return new Remote(
        other, settings.withAccess(access.withAllowed(access.allowed().and(other))), known);
  }

  GitSettings settings() {
    return settings;
  }

  /** What was fetched: a commit, the tip of the branch if it has one, and tags on the way. */
  record Fetched(ObjectId commit, Optional<ObjectId> tip, Map<String, ObjectId> tags) {}

  /**
   * Fetches the branch, or what it is to start from, with its history, as far as that is not there.
   */
  Fetched fetch(org.eclipse.jgit.lib.Repository into, Checkout checkout, ProgressMonitor monitor)
      throws IOException {
    ObjectFormat.requireSha1(url);
    try {
      return fetchStart(into, checkout, monitor);
    } catch (IOException e) {
      if (ObjectFormat.mayBeSha256(url, e)) {
        askOnceMore(e);
      }
      throw e;
    }
  }

  /** Throws what is wrong if the remote's ids are; nothing if it hung up for another reason. */
  private void askOnceMore(IOException hungUp) throws IOException {
    try (var asker = ObjectFormat.oldAsker()) {
      talk(
          asker,
          transport -> {
            try (FetchConnection connection = transport.openFetch()) {
              return connection.getRefs();
            }
          });
    } catch (IOException e) {
      e.addSuppressed(hungUp);
      throw e;
    }
  }

  private Fetched fetchStart(
      org.eclipse.jgit.lib.Repository into, Checkout checkout, ProgressMonitor monitor)
      throws IOException {
    BranchName branch = checkout.branch();
    List<BranchName> bases = checkout.bases();
    return talk(
        into,
        transport -> {
          if (settings.depth() > 0) {
            transport.setDepth(settings.depth());
          }
          try (FetchConnection connection = ask(transport, branch, bases)) {
            Map<String, Ref> refs = connection.getRefsMap();
            DefaultBranch.check(checkout, refs);
            Ref start = start(refs, branch, bases);
            if (!Tips.has(into, start.getObjectId())) {
              fetch(connection, start, Set.of(), monitor);
            }
            Optional<ObjectId> tip =
                Optional.ofNullable(refs.get(branch.ref())).map(Ref::getObjectId);
            return new Fetched(start.getObjectId(), tip, tagsThatCame(refs, into));
          }
        });
  }

  /** All refs of the remote, by their full names. */
  Map<String, Ref> refs() throws IOException {
    ObjectFormat.requireSha1(url);
    return talk(
        null,
        transport -> {
          try (FetchConnection connection = transport.openFetch()) {
            return connection.getRefsMap();
          }
        });
  }

  /** The branch that the remote's HEAD names; empty where it names none, or does not say. */
  Optional<BranchName> head() throws IOException {
    return Optional.ofNullable(refs().get(Constants.HEAD))
        .filter(Ref::isSymbolic)
        .map(head -> head.getTarget().getName())
        .filter(name -> name.startsWith(Constants.R_HEADS))
        .map(name -> new BranchName(name.substring(Constants.R_HEADS.length())));
  }

  /** Where a branch of the remote stands now. */
  Optional<ObjectId> tip(BranchName branch) throws IOException {
    return talk(
        null,
        transport -> {
          try (FetchConnection connection = ask(transport, branch, List.of())) {
            return Optional.ofNullable(connection.getRef(branch.ref())).map(Ref::getObjectId);
          }
        });
  }

  /**
   * Fetches the latest commits of a branch, of which the last are noted as having no parents.
   *
   * @param depth how many commits to go back
   * @return the branch's tip; empty where the remote has no such branch
   */
  Optional<ObjectId> fetchLatest(
      org.eclipse.jgit.lib.Repository into, BranchName branch, int depth, ProgressMonitor monitor)
      throws IOException {
    return talk(
        into,
        transport -> {
          transport.setDepth(depth);
          try (FetchConnection connection = ask(transport, branch, List.of())) {
            Ref tip = connection.getRef(branch.ref());
            if (tip == null) {
              return Optional.empty();
            }
            fetch(connection, tip, Set.of(), monitor);
            return Optional.of(tip.getObjectId());
          }
        });
  }

  /**
   * Fetches one commit, alone where the remote gives what is not the tip of a branch, else with all
   * that its branches and tags hold.
   *
   * @return whether it is there
   */
  boolean fetchCommit(
      org.eclipse.jgit.lib.Repository into, ObjectId commit, ProgressMonitor monitor)
      throws IOException {
    try {
      talk(
          into,
          transport -> {
            transport.setDepth(1);
            try (FetchConnection connection = transport.openFetch()) {
              var wanted = new ObjectIdRef.Unpeeled(Ref.Storage.NETWORK, commit.name(), commit);
              fetch(connection, wanted, Set.of(), monitor);
              return true;
            }
          });
      return into.getObjectDatabase().has(commit);
    } catch (IOException refused) {
      if (monitor.isCancelled()) {
        throw refused;
      }
      fetchAll(into, monitor);
      return into.getObjectDatabase().has(commit);
    }
  }

  private void fetchAll(org.eclipse.jgit.lib.Repository into, ProgressMonitor monitor)
      throws IOException {
    talk(
        into,
        transport -> {
          try (FetchConnection connection = transport.openFetch()) {
            List<Ref> all =
                connection.getRefs().stream()
                    .filter(ref -> ref.getName().startsWith(Constants.R_REFS))
                    .filter(ref -> ref.getObjectId() != null)
                    .toList();
            if (!all.isEmpty()) {
              fetch(connection, all, Set.of(), monitor);
            }
            return all.size();
          }
        });
  }

  /**
   * Fetches what has come to a branch.
   *
   * @param have a commit that is here with its history
   * @return the branch's tip; empty where the remote has no such branch
   */
  Optional<ObjectId> fetchSince(
      org.eclipse.jgit.lib.Repository into,
      BranchName branch,
      ObjectId have,
      ProgressMonitor monitor)
      throws IOException {
    return talk(
        into,
        transport -> {
          try (FetchConnection connection = ask(transport, branch, List.of())) {
            Ref tip = connection.getRef(branch.ref());
            if (tip == null) {
              return Optional.empty();
            }
            fetch(connection, tip, Set.of(have), monitor);
            return Optional.of(tip.getObjectId());
          }
        });
  }

  /**
   * Fetches what has come to where a branch starts.
   *
   * @param have a commit that is here with its history
   * @throws PortException of kind {@code NOT_FOUND} if it has nowhere to start from any more
   */
  void catchUp(
      org.eclipse.jgit.lib.Repository into,
      Checkout checkout,
      ObjectId have,
      ProgressMonitor monitor)
      throws IOException {
    talk(
        into,
        transport -> {
          try (FetchConnection connection = ask(transport, checkout.branch(), checkout.bases())) {
            Ref start = start(connection.getRefsMap(), checkout.branch(), checkout.bases());
            fetch(connection, start, Set.of(have), monitor);
            return true;
          }
        });
  }

  /**
   * Moves a ref of the remote.
   *
   * @param ref by its full name
   * @param expected where it has to stand, empty for nowhere
   */
  PushResult push(
      org.eclipse.jgit.lib.Repository from,
      ObjectId commit,
      String ref,
      Optional<ObjectId> expected,
      ProgressMonitor monitor)
      throws IOException {
    return push(from, commit, ref, expected, List.of(), monitor);
  }

  /**
   * The same, with something to tell the remote.
   *
   * @param options as of {@code git push -o}, each one line; a remote that knows no options refuses
   *     any
   */
  PushResult push(
      org.eclipse.jgit.lib.Repository from,
      ObjectId commit,
      String ref,
      Optional<ObjectId> expected,
      List<String> options,
      ProgressMonitor monitor)
      throws IOException {
    return talk(
        from,
        transport -> {
          if (!options.isEmpty()) {
            transport.setPushOptions(options);
          }
          var update =
              new RemoteRefUpdate(
                  from,
                  commit.name(),
                  commit,
                  ref,
                  false,
                  null,
                  expected.orElse(ObjectId.zeroId()));
          return transport.push(monitor, List.of(update));
        });
  }

  /** What is done with a remote that was asked for its refs. */
  interface Pusher {
    void with(PushConnection connection) throws IOException;
  }

  /** Asks for refs, and has somebody push. */
  void openPush(org.eclipse.jgit.lib.Repository from, Pusher pusher) throws IOException {
    talk(
        from,
        transport -> {
          try (PushConnection connection = transport.openPush()) {
            pusher.with(connection);
            return true;
          }
        });
  }

  /** Whether each request to it stands for itself. */
  boolean isOverHttp() {
    return url.transport() == RepositoryUrl.Transport.HTTP
        || url.transport() == RepositoryUrl.Transport.HTTPS;
  }

  private static void fetch(
      FetchConnection connection, Ref start, Set<ObjectId> have, ProgressMonitor monitor)
      throws IOException {
    fetch(connection, List.of(start), have, monitor);
  }

  private static void fetch(
      FetchConnection connection, List<Ref> wanted, Set<ObjectId> have, ProgressMonitor monitor)
      throws IOException {
    connection.fetch(monitor, wanted, have);
    for (PackLock lock : connection.getPackLocks()) {
      lock.unlock();
    }
  }

  private static FetchConnection ask(Transport transport, BranchName branch, List<BranchName> bases)
      throws IOException {
    List<RefSpec> wanted = new ArrayList<>();
    Stream.concat(Stream.of(branch), bases.stream())
        .forEach(name -> wanted.add(new RefSpec(name.ref())));
    OriginBoundHttp.Opening opening =
        () -> transport.openFetch(wanted, Constants.HEAD, Constants.R_TAGS);
    return transport instanceof TransportHttp http
            && http.getHttpConnectionFactory() instanceof OriginBoundHttp bound
        ? bound.open(opening)
        : opening.open();
  }

  private Ref start(Map<String, Ref> refs, BranchName branch, List<BranchName> bases) {
    if (refs.containsKey(branch.ref())) {
      return refs.get(branch.ref());
    }
    String from = bases.isEmpty() ? Constants.HEAD : bases.get(0).ref();
    Ref start = refs.get(from);
    if (start != null && start.getObjectId() != null) {
      return start;
    }
    throw new PortException(
        FailureKind.NOT_FOUND,
        "could not start branch '"
            + branch
            + "': "
            + (bases.isEmpty()
                ? "'" + url + "' has no commit at its HEAD; push one first, or name a base branch"
                : "there is no branch '" + bases.get(0) + "' in '" + url + "'"));
  }

  /** Annotated tags come with the commits that they tag; others need nothing but the commit. */
  private static Map<String, ObjectId> tagsThatCame(
      Map<String, Ref> refs, org.eclipse.jgit.lib.Repository into) throws IOException {
    Map<String, ObjectId> tags = new LinkedHashMap<>();
    var packs = new Packs(into);
    for (Ref ref : refs.values()) {
      ObjectId target =
          ref.getPeeledObjectId() == null ? ref.getObjectId() : ref.getPeeledObjectId();
      if (ref.getName().startsWith(Constants.R_TAGS)
          && packs.hold(ref.getObjectId())
          && packs.hold(target)) {
        tags.put(ref.getName(), ref.getObjectId());
      }
    }
    return tags;
  }

  private interface Talk<T> {
    T with(Transport transport) throws IOException;
  }

  private <T> T talk(org.eclipse.jgit.lib.@Nullable Repository local, Talk<T> talk)
      throws IOException {
    settings.access().allowed().requireAllowed(url);
    HostLogin.requireSafe(url, settings.credentials());
    URIish uri = uri();
    var login = new HostLogin(settings);
    try (SshdSessionFactory ssh = SshLogin.sessions(url, settings);
        Transport transport = local == null ? Transport.open(uri) : Transport.open(local, uri)) {
      transport.setTagOpt(TagOpt.AUTO_FOLLOW);
      transport.setTimeout((int) settings.timeout().toSeconds());
      transport.setCredentialsProvider(login);
      if (transport instanceof TransportHttp http) {
        http.setHttpConnectionFactory(new OriginBoundHttp(login, settings.access(), known));
      } else if (transport instanceof SshTransport overSsh) {
        overSsh.setSshSessionFactory(ssh);
      }
      return talk.with(transport);
    } catch (IOException e) {
      throw login.lack().orElseThrow(() -> e);
    }
  }

  private URIish uri() throws IOException {
    try {
      URIish uri = new URIish(url.value());
      if (url.transport() == RepositoryUrl.Transport.SSH && uri.getUser() == null) {
        var user = SshLogin.user(url, settings.credentials());
        return user.isPresent() ? uri.setUser(user.get()) : uri;
      }
      return uri;
    } catch (URISyntaxException e) {
      throw new IOException("not a repository address: '" + url + "'", e);
    }
  }
}
