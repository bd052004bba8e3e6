package io.certrail.verify;

import static io.certrail.verify.Severity.ERROR;
import static io.certrail.verify.Severity.INFORMATION;
import static io.certrail.verify.Severity.WARNING;
import static io.certrail.verify.Verdict.COMPLETE;
import static io.certrail.verify.Verdict.INTACT;

/** What can be found, what it means, and what is to be done. */
public enum FindingKind {
    RECORD_CHANGED(
            INTACT,
            ERROR,
            "A record is not the one that was recorded: its hash is another than the signed tree holds.",
            "Keep the folder as evidence and compare with copies elsewhere."),
    RECORD_MISSING(
            INTACT,
            ERROR,
            "Records are gone: their numbers are missing, though they were recorded.",
            "Keep the folder as evidence; restore the records from a backup or another copy, they can be checked by their hashes."),
    RECORD_MISPLACED(
            INTACT,
            ERROR,
            "A record stands where another belongs: it was repeated, moved or inserted.",
            "Keep the folder as evidence and compare with copies elsewhere."),
    NOT_A_RECORD(
            INTACT,
            ERROR,
            "A line is no record.",
            "If a crash left it at the end of the trail, the next start sets it aside; else somebody wrote it."),
    ROOT_DIFFERS(
            INTACT,
            ERROR,
            "The records do not hash to the root that was signed: something before this checkpoint is another than it was.",
            "Keep the folder as evidence and compare with copies elsewhere."),
    TREE_UNKNOWN(
            INTACT,
            ERROR,
            "The tree cannot be made: records before the first that is here are known by their tiles only, and these are missing or wrong.",
            "Restore the folder tile/ from a backup or another copy."),
    TILE_DIFFERS(
            INTACT,
            ERROR,
            "A tile of the tree is another than the records give.",
            "If all else is intact, the writer makes tiles anew when it starts; somebody or the disk changed this one."),
    TILE_MISSING(
            INTACT,
            WARNING,
            "A tile of the tree is missing.",
            "The writer makes tiles anew when it starts, as long as the records are here; find out who deleted it."),
    CHECKPOINT_REJECTED(
            INTACT,
            ERROR,
            "A checkpoint is not to be trusted: it is not signed as it should be, or has not the form of one.",
            "If it was signed by another key, somebody without the key made it, or the wrong key was given; else it was changed."),
    CHECKPOINT_MISSING(
            INTACT,
            ERROR,
            "There is no newest checkpoint to be trusted: nothing vouches for the records after the last one that is.",
            "A trail of version 0.1 gets one at its next start; else it was deleted or changed: restore it."),
    CHECKPOINT_AHEAD(
            INTACT,
            ERROR,
            "A checkpoint was made of more records than there are: the end was cut off, or an older copy was put in place.",
            "Keep the folder as evidence; restore the newer trail."),
    CHECKPOINTS_DISAGREE(
            INTACT,
            ERROR,
            "Two checkpoints that the key signed cannot both be true: the log was rewritten, or there are two of it.",
            "Both together prove it to anyone: keep them, and ask who holds the key."),
    HISTORY_DISORDERED(
            INTACT,
            ERROR,
            "The history of checkpoints does not go forward.",
            "Somebody edited checkpoints/: compare with checkpoints that were sent elsewhere."),
    HISTORY_MISSING(
            INTACT,
            WARNING,
            "A checkpoint is not in the history that should be: that of a start of the recorder.",
            "Find out who deleted from checkpoints/; checkpoints that were sent elsewhere stand in for it."),
    KEY_DIFFERS(
            INTACT,
            ERROR,
            "The public key in the folder is not the one that was given.",
            "If the given key is right, somebody signed the trail anew with a key of his own."),
    KEY_ROTATION_REJECTED(
            INTACT,
            ERROR,
            "A note in keys/ does not hand the key over: it is not signed by the key before it.",
            "Keys after it are not trusted. Restore keys/, or ask who made it."),
    VOUCHES_FOR_ITSELF(
            INTACT,
            INFORMATION,
            "No key was given, so the folder vouches for itself: whoever rewrote all of it would not be found out.",
            "Keep key.pub elsewhere and give it with --key; better still, give an earlier checkpoint, too."),
    NOT_WITNESSED(
            INTACT,
            WARNING,
            "No checkpoint here is cosigned by the witness that was given: nobody but the log's own key vouches for the trail.",
            "If certrail.checkpoint.to names this witness, somebody deleted witness/, or it never cosigned: see the operational log (CTR0801, CTR0804)."),
    NOT_SEALED(
            INTACT,
            INFORMATION,
            "Records after the newest checkpoint: nothing vouches for them yet.",
            "A recorder that runs seals them within its interval; else its next start does."),
    VOID_LINES(
            INTACT,
            INFORMATION,
            "Lines that do not count, because the next segment begins before them: a failed write left them, or somebody added them.",
            "They are not part of the trail; compare with the operational log (CTR0301)."),
    TORN_END(
            INTACT,
            INFORMATION,
            "The last line is not complete: it is being written, or a crash cut it short.",
            "A recorder that runs completes it; else its next start sets it aside."),
    RETIRED(
            INTACT,
            INFORMATION,
            "The first records were retired by retention, as later records say; their hashes are in the tiles.",
            "Nothing, if your retention is what you want it to be."),

    COUNTS_DIFFER(
            COMPLETE,
            ERROR,
            "A checkpoint counts other records than there are.",
            "Records are missing or were added, or somebody with the key edited the counts."),
    COUNTS_UNKNOWN(
            COMPLETE,
            WARNING,
            "A checkpoint has no counts that this version understands.",
            "Verify with the version of Certrail that wrote the trail."),
    CONNECTION_MISSING(
            COMPLETE,
            ERROR,
            "Connections that were accepted have no record, and it is not said that they were lost or open.",
            "Somebody removed their records before they were sealed, or the recorder failed: see the operational log."),
    CONNECTION_TWICE(
            COMPLETE,
            ERROR,
            "A connection has two records of its handshake.",
            "A fault of the recorder, or a record that somebody added before it was sealed."),
    DECLARED_LOSS(
            COMPLETE,
            WARNING,
            "The trail itself says that records were lost.",
            "The record says how many, from when to when, and why; find the cause in the operational log."),
    BOOT_WITHOUT_STOP(
            COMPLETE,
            WARNING,
            "The recorder was not stopped in order: what was in its memory then is not on record.",
            "Expected after a crash or a power cut; else find out who killed the process."),
    BOOT_WITHOUT_START(
            COMPLETE,
            ERROR,
            "Records of a start of the recorder that has no audit.started record.",
            "Records are missing, or two trails were joined."),
    OPEN_AT_STOP(
            COMPLETE,
            ERROR,
            "The recorder stopped in order with connections that had no record.",
            "A fault of the recorder, or records that somebody removed before they were sealed."),
    REQUEST_WITHOUT_END(
            COMPLETE,
            WARNING,
            "Requests arrived whose end is not on record.",
            "They were at work when the recorder ended: what they did is not known."),
    TIME_BACKWARDS(
            COMPLETE,
            WARNING,
            "Time goes backwards by more than ten seconds.",
            "The clock was set back, or records were held up: compare with your time service's log."),
    CHECKPOINT_TIME(
            COMPLETE,
            WARNING,
            "A checkpoint's time does not fit: it is before that of an earlier checkpoint, or of records that it seals.",
            "The clock was set back, or somebody with the key changed it."),
    SILENCE(
            COMPLETE,
            WARNING,
            "Between two checkpoints lies more time than a running recorder leaves.",
            "The process stood still, or checkpoints were deleted: compare with those sent elsewhere."),
    RECOVERED(
            COMPLETE,
            INFORMATION,
            "A start of the recorder set aside bytes that were no record.",
            "Expected after a crash; they are in torn/."),
    UNTRACKED(
            COMPLETE,
            WARNING,
            "Too much at once to be followed in bounded memory: this check is not made from here on.",
            "The other checks stand.");

    private final Verdict verdict;
    private final Severity severity;
    private final String meaning;
    private final String advice;

    FindingKind(Verdict verdict, Severity severity, String meaning, String advice) {
        this.verdict = verdict;
        this.severity = severity;
        this.meaning = meaning;
        this.advice = advice;
    }

    /** The question that it answers. */
    public Verdict verdict() {
        return verdict;
    }

    public Severity severity() {
        return severity;
    }

    /** In a sentence. */
    public String meaning() {
        return meaning;
    }

    /** What to do. */
    public String advice() {
        return advice;
    }
}
