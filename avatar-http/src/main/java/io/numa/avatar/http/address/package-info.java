/**
 * Which addresses a connection may go to, by one rule for all: public ones always, others only
 * where the operator names them. Begin with {@link io.numa.avatar.http.address.CheckedLookup}.
 */
@NullMarked
package io.numa.avatar.http.address;

import org.jspecify.annotations.NullMarked;
