/**
 * Who may use the server: the token, the codes and cookies that stand for it, and the names of the
 * server that a browser may use.
 */
@NullMarked
package io.numa.avatar.server.access;

import org.jspecify.annotations.NullMarked;
