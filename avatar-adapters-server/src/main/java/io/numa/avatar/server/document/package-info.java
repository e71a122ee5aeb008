/**
 * The JSON documents that tell of an avatar. The HTTP API, the control socket and the commands all
 * give these; {@code docs/operations-api.md} lists their fields.
 */
@NullMarked
package io.numa.avatar.server.document;

import org.jspecify.annotations.NullMarked;
