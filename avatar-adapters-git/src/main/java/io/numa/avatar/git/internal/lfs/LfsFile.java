package io.numa.avatar.git.internal.lfs;

import io.numa.avatar.plan.WorkspacePath;
import java.util.Collection;

/** An LFS file, by its path in the repository. */
interface LfsFile {
  String path();

  LfsPointer pointer();

  /** The path of the file whose object is missing, for messages; else the object's id. */
  static String shownPath(Collection<? extends LfsFile> files, LfsObjectException missing) {
    return files.stream()
        .filter(file -> file.pointer().oid().equals(missing.oid()))
        .map(file -> WorkspacePath.shown(file.path()))
        .findFirst()
        .orElse(missing.oid());
  }
}
