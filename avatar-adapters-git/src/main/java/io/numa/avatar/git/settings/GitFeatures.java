package io.numa.avatar.git.settings;

import io.numa.avatar.port.PortException;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.GpgSignature;

/**
 * What an avatar does with repositories beyond the plain run of fetch, commit and push.
 *
 * @param signingKey what commits are signed with; they are not signed when empty
 * @param lfs whether files that LFS keeps are files in the tree, rather than pointers
 * @param submodules whether the files of submodules are in the tree
 * @param sparse what of a repository is in the tree
 */
public record GitFeatures(
    Optional<SigningKey> signingKey, boolean lfs, boolean submodules, SparseCone sparse) {
  /** None of it. */
  public static final GitFeatures NONE =
      new GitFeatures(Optional.empty(), false, false, SparseCone.ALL);

  /** What of this shows in a working tree. */
  public String ofTrees() {
    return "lfs: " + lfs + ", sparse: " + new TreeSet<>(sparse.folders());
  }

  public GitFeatures withSigningKey(SigningKey key) {
    return new GitFeatures(Optional.of(key), lfs, submodules, sparse);
  }

  public GitFeatures withLfs() {
    return new GitFeatures(signingKey, true, submodules, sparse);
  }

  public GitFeatures withSubmodules() {
    return new GitFeatures(signingKey, lfs, true, sparse);
  }

  public GitFeatures withSparse(SparseCone folders) {
    return new GitFeatures(signingKey, lfs, submodules, folders);
  }

  /**
   * Signs a commit that is complete, if commits are signed.
   *
   * @throws PortException of kind {@code UNAUTHORIZED} if the key is not usable
   */
  public void sign(CommitBuilder commit, Instant at) throws IOException {
    if (signingKey.isEmpty()) {
      return;
    }
    try {
      byte[] signature = signingKey.get().read(at).sign(commit.build(), at);
      commit.setGpgSignature(new GpgSignature(signature));
    } catch (SigningKeyException e) {
      throw signingKey.get().unusable(e);
    }
  }
}
