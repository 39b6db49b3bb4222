package dev.cordon.wasi.abi;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;

/** The numbers that WASI functions return, in the order of the specification. */
public enum Errno {
    /** No error. */
    SUCCESS,
    /** Argument list too long. */
    E2BIG,
    /** Permission denied. */
    ACCES,
    /** Address in use. */
    ADDRINUSE,
    /** Address not available. */
    ADDRNOTAVAIL,
    /** Address family not supported. */
    AFNOSUPPORT,
    /** Resource unavailable now, try again. */
    AGAIN,
    /** Connection already in progress. */
    ALREADY,
    /** Bad descriptor. */
    BADF,
    /** Bad message. */
    BADMSG,
    /** Device or resource busy. */
    BUSY,
    /** Operation cancelled. */
    CANCELED,
    /** No child processes. */
    CHILD,
    /** Connection aborted. */
    CONNABORTED,
    /** Connection refused. */
    CONNREFUSED,
    /** Connection reset. */
    CONNRESET,
    /** Resource deadlock would occur. */
    DEADLK,
    /** Destination address required. */
    DESTADDRREQ,
    /** Argument out of the domain of the function. */
    DOM,
    /** Reserved. */
    DQUOT,
    /** File exists. */
    EXIST,
    /** Bad address. */
    FAULT,
    /** File too large. */
    FBIG,
    /** Host is unreachable. */
    HOSTUNREACH,
    /** Identifier removed. */
    IDRM,
    /** Bytes that are not text. */
    ILSEQ,
    /** Operation in progress. */
    INPROGRESS,
    /** Interrupted function. */
    INTR,
    /** Argument not acceptable. */
    INVAL,
    /** Input or output failed. */
    IO,
    /** Socket is connected. */
    ISCONN,
    /** Is a directory. */
    ISDIR,
    /** Too many levels of symbolic links. */
    LOOP,
    /** Too many open descriptors. */
    MFILE,
    /** Too many links. */
    MLINK,
    /** Message too large. */
    MSGSIZE,
    /** Reserved. */
    MULTIHOP,
    /** Name too long. */
    NAMETOOLONG,
    /** Network is down. */
    NETDOWN,
    /** Connection aborted by the network. */
    NETRESET,
    /** Network unreachable. */
    NETUNREACH,
    /** Too many files open in the system. */
    NFILE,
    /** No buffer space. */
    NOBUFS,
    /** No such device. */
    NODEV,
    /** No such file or directory. */
    NOENT,
    /** Not a program. */
    NOEXEC,
    /** No locks available. */
    NOLCK,
    /** Reserved. */
    NOLINK,
    /** Not enough space. */
    NOMEM,
    /** No message of that type. */
    NOMSG,
    /** Protocol not available. */
    NOPROTOOPT,
    /** No space left. */
    NOSPC,
    /** Function not supported. */
    NOSYS,
    /** Socket is not connected. */
    NOTCONN,
    /** Not a directory. */
    NOTDIR,
    /** Directory not empty. */
    NOTEMPTY,
    /** State not recoverable. */
    NOTRECOVERABLE,
    /** Not a socket. */
    NOTSOCK,
    /** Not supported. */
    NOTSUP,
    /** Not a terminal. */
    NOTTY,
    /** No such device or address. */
    NXIO,
    /** Value too large. */
    OVERFLOW,
    /** Previous owner died. */
    OWNERDEAD,
    /** Operation not permitted. */
    PERM,
    /** Broken pipe. */
    PIPE,
    /** Protocol error. */
    PROTO,
    /** Protocol not supported. */
    PROTONOSUPPORT,
    /** Wrong type of protocol for the socket. */
    PROTOTYPE,
    /** Result too large. */
    RANGE,
    /** Read-only file system. */
    ROFS,
    /** Seek where there is no position. */
    SPIPE,
    /** No such process. */
    SRCH,
    /** Reserved. */
    STALE,
    /** Timed out. */
    TIMEDOUT,
    /** Text file busy. */
    TXTBSY,
    /** Link across devices. */
    XDEV,
    /** The descriptor lacks the right. */
    NOTCAPABLE,
    /** No address of this family; this and the following are answers of name lookups. */
    AIADDRFAMILY,
    /** The lookup may work later. */
    AIAGAIN,
    /** Flags that mean nothing. */
    AIBADFLAG,
    /** The lookup failed. */
    AIFAIL,
    /** A family that is not supported. */
    AIFAMILY,
    /** Too little memory. */
    AIMEMORY,
    /** The name has no addresses. */
    AINODATA,
    /** There is no such name. */
    AINONAME,
    /** The service is not known. */
    AISERVICE,
    /** A kind of socket that is not supported. */
    AISOCKTYPE,
    /** The system failed. */
    AISYSTEM;

    /**
     * What the guest sees.
     *
     * @return 0 to 87
     */
    public int code() {
        return ordinal();
    }

    /**
     * The number for a failure of the host's input or output.
     *
     * @param failure what the host's stream threw
     * @return {@link #PIPE} when the other end is gone, else {@link #IO}
     */
    public static Errno of(IOException failure) {
        if (failure instanceof ClosedChannelException) {
            return PIPE;
        }
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        boolean gone =
                message.contains("broken pipe")
                        || message.contains("pipe closed")
                        || message.contains("pipe is being closed")
                        || message.contains("read end dead");
        return gone ? PIPE : IO;
    }
}
