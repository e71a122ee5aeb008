package io.numa.avatar.agent.gateway.internal.dialect;

/**
 * A change of a request's body: the bytes between two offsets are replaced. The rest of the body
 * stays as the agent wrote it.
 *
 * @param from the first replaced byte
 * @param to behind the last one
 */
public record Edit(int from, int to, String text) {
  static Edit insertion(int at, String text) {
    return new Edit(at, at, text);
  }
}
