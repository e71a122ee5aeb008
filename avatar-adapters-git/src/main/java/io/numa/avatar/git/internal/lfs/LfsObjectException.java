package io.numa.avatar.git.internal.lfs;

/** An LFS object is missing where it is expected, or the server refuses it for good. */
final class LfsObjectException extends RuntimeException {
  private final String oid;

  LfsObjectException(LfsPointer object, String reason) {
    super(reason);
    this.oid = object.oid();
  }

  String oid() {
    return oid;
  }
}
