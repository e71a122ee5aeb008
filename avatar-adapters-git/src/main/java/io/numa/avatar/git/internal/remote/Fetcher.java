package io.numa.avatar.git.internal.remote;

import io.numa.avatar.git.internal.answer.RefusedRequestException;
import io.numa.avatar.git.internal.local.BorrowedBase;
import io.numa.avatar.git.internal.local.CheckedOutBranches;
import io.numa.avatar.git.internal.local.LocalRepositories;
import io.numa.avatar.git.internal.objects.CompleteCommits;
import io.numa.avatar.git.internal.objects.Packs;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import java.io.IOException;
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
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.PackLock;

/** Fetches commits from a remote repository. */
public final class Fetcher {
  private final RepositoryUrl url;
  private final TransportFactory transports;
  private final int depth;

  /**
   * @param depth how many commits of a branch's history to fetch; 0 for all
   */
  Fetcher(RepositoryUrl url, TransportFactory transports, int depth) {
    this.url = url;
    this.transports = transports;
    this.depth = depth;
  }

  /**
   * Fetches the branch, or the commit from which a new branch starts, unless it is here already.
   */
  public Remote.Fetched fetch(Repository into, CheckoutRequest request, ProgressMonitor monitor)
      throws IOException {
    ObjectFormat.requireSha1(url);
    try {
      return fetchStart(into, request, monitor);
    } catch (IOException e) {
      if (ObjectFormat.mayBeSha256(url, e)) {
        askAgain(e);
      }
      throw e;
    }
  }

  /**
   * Throws if the remote has ids of another format; returns if the remote hung up for another
   * reason.
   */
  private void askAgain(IOException hungUp) throws IOException {
    try (var asker = ObjectFormat.oldAsker()) {
      transports.withAllRefs(asker, FetchConnection::getRefs);
    } catch (IOException e) {
      e.addSuppressed(hungUp);
      throw e;
    }
  }

  private Remote.Fetched fetchStart(
      Repository into, CheckoutRequest request, ProgressMonitor monitor) throws IOException {
    return transports.withRefs(
        into,
        depth,
        branches(request),
        connection -> {
          Map<String, Ref> refs = connection.getRefsMap();
          requirePushable(request, refs);
          Ref start = start(refs, request.branch(), request.bases());
          if (!CompleteCommits.has(into, start.getObjectId())) {
            fetch(connection, List.of(start), Set.of(), monitor);
          }
          return new Remote.Fetched(
              start.getObjectId(), tip(refs, request.branch()), tagsThatCame(refs, into));
        });
  }

  /**
   * Finds the branch, or the commit from which a new branch starts, in a repository on this
   * machine. Fetches nothing: the caller can read the objects where they are.
   */
  public Remote.Fetched find(Repository lender, CheckoutRequest request) throws IOException {
    ObjectFormat.requireSha1(url);
    Map<String, Ref> refs = LocalRepositories.refs(lender);
    requirePushable(request, refs);
    ObjectId start = start(refs, request.branch(), request.bases()).getObjectId();
    BorrowedBase.requireWhole(lender, start, url);
    Map<String, ObjectId> tags = new LinkedHashMap<>();
    refs.forEach(
        (name, ref) -> {
          if (name.startsWith(Constants.R_TAGS)) {
            tags.put(name, ref.getObjectId());
          }
        });
    return new Remote.Fetched(start, tip(refs, request.branch()), tags);
  }

  private static void requirePushable(CheckoutRequest request, Map<String, Ref> refs)
      throws IOException {
    DefaultBranchCheck.check(request, refs);
    if (request.pushes() != CheckoutRequest.Pushes.NONE) {
      BranchClash.check(request, refs.keySet());
      CheckedOutBranches.requireFree(request.branch(), request.repository());
    }
  }

  private static Optional<ObjectId> tip(Map<String, Ref> refs, BranchName branch) {
    return Optional.ofNullable(refs.get(branch.ref())).map(Ref::getObjectId);
  }

  private static List<BranchName> branches(CheckoutRequest request) {
    return Stream.of(
            List.of(request.branch()), request.bases(), BranchClash.asked(request.branch()))
        .flatMap(List::stream)
        .toList();
  }

  /**
   * Fetches the new commits of the place where a branch starts.
   *
   * @param have a commit that this machine has with its history
   * @throws PortException of kind {@code NOT_FOUND} if that place does not exist any more
   */
  public void catchUp(
      Repository into, CheckoutRequest request, ObjectId have, ProgressMonitor monitor)
      throws IOException {
    transports.withRefs(
        into,
        0,
        branches(request),
        connection -> {
          Ref start = start(connection.getRefsMap(), request.branch(), request.bases());
          fetch(connection, List.of(start), Set.of(have), monitor);
          return start;
        });
  }

  /**
   * Fetches the latest commits of a branch. The oldest of them are recorded as having no parents (a
   * shallow clone).
   *
   * @param commits how many commits to go back
   * @return the branch's tip; empty if the remote has no such branch
   */
  public Optional<ObjectId> fetchLatest(
      Repository into, BranchName branch, int commits, ProgressMonitor monitor) throws IOException {
    return transports.withRefs(
        into,
        commits,
        List.of(branch),
        connection -> fetchTip(connection, branch, Set.of(), monitor));
  }

  /**
   * Fetches the new commits of a branch.
   *
   * @param have a commit that this machine has with its history
   * @return the branch's tip; empty if the remote has no such branch
   */
  public Optional<ObjectId> fetchSince(
      Repository into, BranchName branch, ObjectId have, ProgressMonitor monitor)
      throws IOException {
    return transports.withRefs(
        into,
        0,
        List.of(branch),
        connection -> fetchTip(connection, branch, Set.of(have), monitor));
  }

  /**
   * Fetches one commit. Fetches it alone if the remote serves commits that are not tips of
   * branches, else together with all of the remote's branches and tags.
   *
   * @return whether the commit was found
   */
  public boolean fetchCommit(Repository into, ObjectId commit, ProgressMonitor monitor)
      throws IOException {
    try {
      var wanted = new ObjectIdRef.Unpeeled(Ref.Storage.NETWORK, commit.name(), commit);
      transports.withTransport(
          into,
          transport -> {
            transport.setDepth(1);
            try (FetchConnection connection = transport.openFetch()) {
              fetch(connection, List.of(wanted), Set.of(), monitor);
              return true;
            }
          });
    } catch (IOException | RefusedRequestException refused) {
      if (monitor.isCancelled()) {
        throw refused;
      }
      fetchAll(into, monitor);
    }
    return into.getObjectDatabase().has(commit);
  }

  private void fetchAll(Repository into, ProgressMonitor monitor) throws IOException {
    transports.withAllRefs(
        into,
        connection -> {
          List<Ref> all =
              connection.getRefs().stream()
                  .filter(ref -> ref.getName().startsWith(Constants.R_REFS))
                  .filter(ref -> ref.getObjectId() != null)
                  .toList();
          if (!all.isEmpty()) {
            fetch(connection, all, Set.of(), monitor);
          }
          return all;
        });
  }

  private static Optional<ObjectId> fetchTip(
      FetchConnection connection, BranchName branch, Set<ObjectId> have, ProgressMonitor monitor)
      throws IOException {
    Ref tip = connection.getRef(branch.ref());
    if (tip == null) {
      return Optional.empty();
    }
    fetch(connection, List.of(tip), have, monitor);
    return Optional.of(tip.getObjectId());
  }

  private static void fetch(
      FetchConnection connection, List<Ref> wanted, Set<ObjectId> have, ProgressMonitor monitor)
      throws IOException {
    connection.fetch(monitor, wanted, have);
    for (PackLock lock : connection.getPackLocks()) {
      lock.unlock();
    }
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

  /**
   * The tags that came with the fetch: annotated tags come with the commits that they tag; a
   * lightweight tag needs only its commit.
   */
  private static Map<String, ObjectId> tagsThatCame(Map<String, Ref> refs, Repository into)
      throws IOException {
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
}
