package io.numa.avatar.cli.command.operate;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.server.call.RefusedCallException;
import java.util.Map;

/** Calls to an avatar, by words and parameters. Used by one thread; the caller must close it. */
interface AvatarCalls extends AutoCloseable {
  /** Whether the avatar runs. If not, it takes no orders, and nothing changes. */
  boolean running();

  /**
   * Asks for a document, or gives an order.
   *
   * @param word such as {@code status} or {@code pause}
   * @throws RefusedCallException if the call is not carried out
   * @throws NotRunningException if it is an order, and no avatar runs
   */
  JsonNode call(String word, Map<String, String> parameters);

  @Override
  void close();
}
