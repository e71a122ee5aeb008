package io.numa.avatar.git.internal.lfs;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The headers that an LFS server may add to the requests for its objects: those that object storage
 * asks for. Others could open services that are no storage, such as a cloud's metadata, or change
 * how the request is sent.
 */
final class LfsHeaders {
  private static final Set<String> NAMES =
      Set.of("authorization", "accept", "content-type", "content-md5");

  /** Of Amazon, Microsoft, Google, Alibaba, Huawei, Tencent and Backblaze. */
  private static final List<String> PREFIXES =
      List.of("x-amz-", "x-ms-", "x-goog-", "x-oss-", "x-obs-", "x-cos-", "x-bz-");

  private LfsHeaders() {}

  /** Whether a header is sent if the server names it; others are left out. */
  static boolean passes(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return NAMES.contains(lower) || PREFIXES.stream().anyMatch(lower::startsWith);
  }
}
