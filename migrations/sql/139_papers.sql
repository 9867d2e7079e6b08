-- How often a slip was printed is asked at every printing: one number's rows, not the whole book of reads.
CREATE INDEX audit_read_slip_papers ON audit_read (about) WHERE question = 'slip paper';
