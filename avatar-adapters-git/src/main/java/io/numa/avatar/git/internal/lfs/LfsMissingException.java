package io.numa.avatar.git.internal.lfs;

/** An LFS object is missing where it is expected. */
final class LfsMissingException extends RuntimeException {
  private final String oid;

  LfsMissingException(LfsPointer object, String reason) {
    super(reason);
    this.oid = object.oid();
  }

  String oid() {
    return oid;
  }
}
