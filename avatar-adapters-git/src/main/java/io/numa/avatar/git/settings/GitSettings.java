package io.numa.avatar.git.settings;

import io.numa.avatar.http.address.CheckedLookup;
import io.numa.avatar.http.address.Destination;
import java.time.Duration;
import java.util.Optional;

/**
 * The configuration of the Git adapter.
 *
 * @param timeout how long a remote may stay silent, one second at least
 * @param reuse the cache between tasks; when empty, nothing is kept
 * @param depth how many commits of a branch's history to fetch; 0 for all
 * @param access which hosts the adapter may contact, and how it reaches them
 * @param parallelIndex whether several threads index the first pack of a mirror, rather than JGit's
 *     parser
 * @param largestTree the limit for the files of a tree together, as they are in Git, in bytes
 */
public record GitSettings(
    GitIdentity identity,
    GitCredentials credentials,
    Duration timeout,
    Optional<CacheSettings> reuse,
    int depth,
    GitFeatures features,
    GitAccess access,
    boolean parallelIndex,
    long largestTree) {
  /** 10 GiB. */
  private static final long LARGEST_TREE = 10L << 30;

  public GitSettings {
    if (timeout.toSeconds() < 1 || timeout.toSeconds() > 86_400) {
      throw new IllegalArgumentException(
          "the timeout of Git transfers must be between 1 second and 1 day: " + timeout);
    }
    if (depth < 0) {
      throw new IllegalArgumentException("the depth of a history must not be negative: " + depth);
    }
  }

  /**
   * Settings without credentials, cache and features, with a timeout of one minute, with trees of
   * at most 10 GiB, and with access to every host.
   */
  public static GitSettings of(GitIdentity identity) {
    return new GitSettings(
        identity,
        GitCredentials.NONE,
        Duration.ofMinutes(1),
        Optional.empty(),
        0,
        GitFeatures.NONE,
        GitAccess.open(),
        true,
        LARGEST_TREE);
  }

  public GitSettings withLargestTree(long bytes) {
    return new GitSettings(
        identity, credentials, timeout, reuse, depth, features, access, parallelIndex, bytes);
  }

  public GitSettings withCredentials(GitCredentials hosts) {
    return new GitSettings(
        identity, hosts, timeout, reuse, depth, features, access, parallelIndex, largestTree);
  }

  public GitSettings withCredentials(HostCredential... hosts) {
    return withCredentials(GitCredentials.of(hosts));
  }

  public GitSettings withTimeout(Duration silence) {
    return new GitSettings(
        identity, credentials, silence, reuse, depth, features, access, parallelIndex, largestTree);
  }

  public GitSettings withReuse(CacheSettings kept) {
    return new GitSettings(
        identity,
        credentials,
        timeout,
        Optional.of(kept),
        depth,
        features,
        access,
        parallelIndex,
        largestTree);
  }

  public GitSettings withDepth(int commits) {
    return new GitSettings(
        identity,
        credentials,
        timeout,
        reuse,
        commits,
        features,
        access,
        parallelIndex,
        largestTree);
  }

  public GitSettings withFeatures(GitFeatures wanted) {
    return new GitSettings(
        identity, credentials, timeout, reuse, depth, wanted, access, parallelIndex, largestTree);
  }

  public GitSettings withAccess(GitAccess newAccess) {
    return new GitSettings(
        identity,
        credentials,
        timeout,
        reuse,
        depth,
        features,
        newAccess,
        parallelIndex,
        largestTree);
  }

  public GitSettings withParallelIndex(boolean whether) {
    return new GitSettings(
        identity, credentials, timeout, reuse, depth, features, access, whether, largestTree);
  }

  /** Looks up hosts, and gives only addresses that these settings allow. */
  public CheckedLookup addresses() {
    return access.networks().checked(this::names);
  }

  /** Whether a credential or a pattern of the allowed URLs names this destination. */
  public boolean names(Destination to) {
    return credentials.find(to, one -> true).isPresent() || access.allowed().names(to);
  }
}
