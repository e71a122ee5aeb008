/**
 * A client of the Agent Client Protocol, version 1: JSON-RPC by lines over the standard streams of
 * an agent's process. It takes what real agents send, not only what the protocol allows.
 */
@NullMarked
package io.numa.avatar.agent.acp;

import org.jspecify.annotations.NullMarked;
