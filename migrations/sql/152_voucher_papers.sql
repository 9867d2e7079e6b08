-- As with slips: how often a voucher was printed is asked at every reading of it.
CREATE INDEX audit_read_voucher_papers ON audit_read (about) WHERE question = 'voucher paper';
