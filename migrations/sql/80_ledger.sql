-- Buyers have sub-ledgers as members have: what each owes. 0: the line is of no buyer.
ALTER TABLE ledger_entry ADD COLUMN buyer_id bigint NOT NULL DEFAULT 0;
ALTER TABLE kept_total ADD COLUMN buyer_id bigint NOT NULL DEFAULT 0;
ALTER TABLE kept_total DROP CONSTRAINT kept_total_pkey,
  ADD PRIMARY KEY (cooperative_id, account_code, member_id, grade_code, buyer_id);

INSERT INTO account VALUES
 (1110, 'Bank', 'बैंक', 'asset'),
 (1210, 'Due from buyers', 'खरीदारों से बाकी', 'asset'),
 (1390, 'Seized stock', 'ज़ब्त भंडार', 'asset'),
 (2310, 'CGST to pay', 'देय केंद्रीय जीएसटी', 'liability'),
 (2320, 'SGST to pay', 'देय राज्य जीएसटी', 'liability'),
 (2330, 'IGST to pay', 'देय एकीकृत जीएसटी', 'liability'),
 (3110, 'Common fund', 'साझा कोष', 'fund'),
 (4010, 'Sales', 'बिक्री', 'income'),
 (4090, 'Round-off', 'पूर्णांकन', 'income'),
 (5010, 'Cost of sales', 'बिके माल की लागत', 'expense'),
 (5110, 'Sorting and processing loss', 'छँटाई में कमी', 'expense'),
 (5120, 'Shrinkage', 'सूखने की कमी', 'expense'),
 (5210, 'Premium to the common fund', 'साझा कोष को प्रीमियम', 'expense');
