package io.numa.avatar.git.settings;

import io.numa.avatar.port.PortException;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.GpgSignature;

/**
 * Optional features, beyond plain fetch, commit and push.
 *
 * @param signingKey the key that signs commits; when empty, commits are not signed
 * @param lfs whether the tree has the content of LFS files, rather than their pointers
 * @param submodules whether the files of submodules are in the tree
 * @param sparse which folders of a repository are in the tree
 */
public record GitFeatures(
    Optional<SigningKey> signingKey, boolean lfs, boolean submodules, SparseCone sparse) {
  /** All features off. */
  public static final GitFeatures NONE =
      new GitFeatures(Optional.empty(), false, false, SparseCone.ALL);

  /** The settings that change the files of a working tree, as text. */
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
   * Signs a complete commit, if a signing key is configured.
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
