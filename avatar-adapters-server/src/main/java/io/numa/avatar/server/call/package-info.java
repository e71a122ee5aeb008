/**
 * What an operator can ask an avatar for and tell it, by words and parameters. The HTTP API and the
 * control socket both carry these calls.
 */
@NullMarked
package io.numa.avatar.server.call;

import org.jspecify.annotations.NullMarked;
