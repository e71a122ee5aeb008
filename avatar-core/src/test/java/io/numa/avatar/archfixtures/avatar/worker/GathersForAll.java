package io.numa.avatar.archfixtures.avatar.worker;

import java.util.concurrent.ConcurrentHashMap;

/** Breaks: statics never change, by the mutable content of a final field. */
final class GathersForAll {
  static final ConcurrentHashMap<String, String> GATHERED = new ConcurrentHashMap<>();

  private GathersForAll() {}
}
